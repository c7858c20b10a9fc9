"""Function words of the five languages, folded.

Own lists of articles, prepositions, conjunctions, pronouns and auxiliaries, kept short on
purpose: a stop word is looked for where nothing else is asked, so a word that can carry the meaning of a question
("all", "plus", "may") is better left out. What stands between violence and those it is done to is in it ("contra",
"à l'égard de", "faites aux", "towards", "based"): the same thing is said with each of them, and in five languages.

Some function words of one language are content in another: Spanish and French "son" and
English "son", French "sur" and Spanish "sur". They are stop words in a text of the one
language only; `is_dropped` tells a query parser when to drop them.
"""

_ES = """
a al ante aun aunque basada basadas basado basados con contra cual cuales cuando cuya cuyas cuyo cuyos de del desde
donde e el ella ellas ellos en entre era eran es esa esas ese eso esos esta estaba estan estar estas este esto estos fue
fueron ha hacia han hasta hay la las le les lo los me mi mis muy ni no nos nosotros o os para pero por porque que quien
quienes se sea sean segun ser si sin sobre son su sus tambien te tu tus u un una unas uno unos y ya yo
"""

_EN = """
a about against am among an and any are as at based be been being but by can could did do does for from had has have he
her hers him his how i if in into is it its me my nor not no of on or our ours shall she should so such than that the
their theirs them then there these they this those to toward towards us was we were what when where which while who whom
whose why will with would you your yours
"""

_FR = """
a afin ai ainsi au aux avec basee basees c ce ces cet cette comme comment contre d dans de des donc dont du egard elle
elles en encontre envers es est et etait etaient etre eu eux faite faites fondee fondees il ils j je jusqu l la laquelle
le lequel les lesquelles lesquels leur leurs lorsqu lui m ma mais me meme mes mon n ne ni nos notre nous on ont ou par
parce pas pour puisqu qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si son sont sous sur t ta te
tes toi ton tu un une vos votre vous y
"""

_PT = """
a ao aos aquela aquelas aquele aqueles aquilo as ate baseada baseadas baseado baseados com como contra da daquela
daquelas daquele daqueles daquilo das de dela delas dele deles desde dessa dessas desse desses desta destas deste destes
disso disto do dos e ela elas ele eles em entre era eram essa essas esse esses esta estao estas este estes eu foi foram
ha isso isto ja la lhe lhes mas me mesmo meu meus minha minhas muito na nao naquela naquelas naquele naqueles naquilo
nas nela nelas nele neles nem nessa nessas nesse nesses nesta nestas neste nestes nisso nisto no nos nossa nossas nosso
nossos num numa o os ou para pela pelas pelo pelos por porque quais qual quando que quem sao se seja sejam sem ser seu
seus sobre sua suas tambem te tem um uma umas uns
"""

_AR = """
ال من في فيه فيها الي اليه اليها اليهم عن عند عندما علي عليه عليها مع ان انه انها هو هي هم هن نحن انت انا هذا هذه ذلك
تلك هولاء التي الذي الذين اللاتي اللواتي ما ماذا متي اين كيف لماذا هل لا لم لن ليس ليست او ثم بل لكن حتي اذا اذ لو كان
كانت يكون تكون قد لقد كما كل بعض غير بين قبل بعد منذ حيث منها منه به بها له لها لهم وهو وهي وفي ومن وعن وعلي والي وان
ولا لدي دون تجاه ضد الموجه الموجهه الموجهة القايم ذو ذوو ذوي ذات حول ضمن خلال اي ايضا و ف ب ل ك
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(text.split())
    for language, text in (("es", _ES), ("en", _EN), ("fr", _FR), ("pt", _PT), ("ar", _AR))
}

# Word -> languages in which it is content, though a function word elsewhere: English son, and the General Comments of
# the Committee on the Rights of the Child; Spanish sur (south); French ton (tone) and est (east) are not worth it.
CONTENT_ELSEWHERE: dict[str, frozenset[str]] = {
    "comment": frozenset({"en"}),
    "son": frozenset({"en"}),
    "sur": frozenset({"es", "pt"}),
}

# What the s, t, d of English contractions and French elisions leave when they stand alone.
_FRAGMENTS = frozenset("cdjlmnst")

_IN_SOME_LANGUAGE = frozenset().union(*STOP_WORDS.values())
_ANY = (_IN_SOME_LANGUAGE | _FRAGMENTS) - CONTENT_ELSEWHERE.keys()

# Folded to a stop word, but something to look for when written in capitals: World Health Organization, United Nations
# (and Naciones Unidas stays ONU), European Union (UE is no stop word), African Union in French, United States.
ACRONYMS = frozenset({"WHO", "UN", "US", "EU"})


def is_stop_word(folded: str, language: str | None = None) -> bool:
    """Whether a folded word is a function word of `language`; of any of the five and content in none where None."""
    if language is None:
        return folded in _ANY
    return folded in STOP_WORDS.get(language, ())


def is_somewhere_a_stop_word(folded: str) -> bool:
    """Whether a folded word is a function word of one of the five languages, if content in another."""
    return folded in _IN_SOME_LANGUAGE


def is_acronym(written: str) -> bool:
    """Whether a word that is folded to a stop word is something to look for as it is written."""
    return written.replace(".", "") in ACRONYMS


def is_dropped(folded: str, others: tuple[str, ...]) -> bool:
    """Whether a word is not worth looking for in a query that also has the folded words `others`.

    A word of `CONTENT_ELSEWHERE` is dropped when the stop words beside it speak for a
    language in which it is a function word, at least as much as for one in which it is
    content: "que programas son" against "father and son".
    """
    content = CONTENT_ELSEWHERE.get(folded)
    if content is None:
        return folded in _ANY
    beside = _ANY.intersection(others)
    votes = {language: len(stop & beside) for language, stop in STOP_WORDS.items()}
    function = max(votes[language] for language, stop in STOP_WORDS.items() if folded in stop)
    return function > 0 and function >= max(votes[language] for language in content)
