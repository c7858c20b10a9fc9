"""Words that follow no rule: irregular plurals, and words that Snowball would take for another.

Own lists of the field's vocabulary, checked against each language's grammar; all spellings folded.
"""


def _table(text: str) -> dict[str, str]:
    """{"children": "child"} of lines "child: children"."""
    table = {}
    for line in text.strip().splitlines():
        target, _, written = line.partition(":")
        for word in written.split():
            table[word] = target.strip()
    return table


# Word -> its dictionary forms, which are then stemmed like any other word.
LEMMAS: dict[str, dict[str, tuple[str, ...]]] = {
    "es": {},
    "en": {
        word: (lemma,)
        for word, lemma in _table(
            """
            child: children
            woman: women
            man: men
            person: people
            life: lives
            wife: wives
            foot: feet
            tooth: teeth
            crisis: crises
            hypothesis: hypotheses
            thesis: theses
            basis: bases
            diagnosis: diagnoses
            criterion: criteria
            phenomenon: phenomena
            curriculum: curricula
            index: indices
            schoolchild: schoolchildren
            grandchild: grandchildren
            stepchild: stepchildren
            """
        ).items()
    },
    "fr": {
        word: (lemma,)
        for word, lemma in _table(
            """
            travail: travaux
            jeu: jeux
            enjeu: enjeux
            lieu: lieux
            milieu: milieux
            voeu: voeux
            neveu: neveux
            cheveu: cheveux
            oeil: yeux
            bail: baux
            loi: lois
            emploi: emplois
            envoi: envois
            essai: essais
            delai: delais
            appui: appuis
            individu: individus
            tribu: tribus
            """
        ).items()
    },
    # "pais" is the plural of pai (parents) and, without its accent, país (country).
    "pt": {
        "pais": ("pai", "pais"),
        "maes": ("mae",),
        "leis": ("lei",),
        "reis": ("rei",),
        "pes": ("pe",),
        "avos": ("avo",),
        "irmas": ("irma",),
        "cidada": ("cidadao",),
        "cidadas": ("cidadao",),
        "orfa": ("orfao",),
        "orfas": ("orfao",),
    },
}

# Word -> its stem, where Snowball gives it the stem of a word with another meaning, or parts a verb from its noun:
# who asks how to prevent means prevention.
FIXED_STEMS: dict[str, dict[str, str]] = {
    "es": _table(
        """
        universo: universo universos
        caso: caso casos
        genero: genero generos
        comunic: comunicacion comunicaciones comunicar comunicado comunicados comunica comunican
        comunic: comunicador comunicadora comunicadores comunicadoras
        publicac: publicacion publicaciones publicar publicado publicada publicados publicadas
        publicid: publicidad
        estudiant: estudiante estudiantes estudiantil estudiantiles
        bebe: bebe bebes
        solido: solido solida solidos solidas
        trata: trata tratas
        informe: informe informes
        parto: parto partos
        saludo: saludo saludos saludar
        puerto: puerto puertos
        prevenc: prevenir previene previenen prevenga prevengan previniendo prevenido prevenida prevenidos prevenidas
        prevenc: prevencion prevenciones preventivo preventiva preventivos preventivas prevenible prevenibles
        protecc: proteger protege protegen proteja protejan protegiendo protegido protegida protegidos protegidas
        protecc: proteccion protecciones protector protectora protectores protectoras
        reducc: reducir reduce reducen reduzca reduzcan reduciendo reducido reducida reducidos reducidas
        reducc: reduccion reducciones
        respuest: responder responde responden respondan respondiendo respuesta respuestas
        intervenc: intervenir interviene intervienen interviniendo intervencion intervenciones
        atenc: atender atiende atienden atendiendo atendido atendida atendidos atendidas atencion atenciones
        crianz: criar criando crianza crianzas
        """
    ),
    "en": _table(
        """
        experiment: experiment experiments experimental experimentally experimentation
        business: business businesses
        mobile: mobile mobiles
        respons: respond responds responded responding response responses
        intervent: intervene intervenes intervened intervening intervention interventions
        reduc: reduce reduces reduced reducing reduction reductions
        """
    ),
    "fr": _table(
        """
        mere: mere meres
        publicat: publication publications
        publicit: publicite publicites publicitaire
        foyer: foyer foyers
        traite: traite traites
        droite: droite droites
        prevent: prevenir previent previennent prevenu prevenue prevenus prevenues prevention preventions
        prevent: preventif preventive preventifs preventives
        protect: proteger protege protegent protegee proteges protegees protection protections protecteur protecteurs
        protect: protectrice protectrices
        reduct: reduire reduit reduisent reduite reduits reduites reduisant reduction reductions
        repons: repondre repond repondent repondant reponse reponses
        intervent: intervenir intervient interviennent intervention interventions
        educ: eduquer eduque eduquent education educations educatif educative educatifs educatives
        punit: punir punit punissent puni punie punis punies punition punitions punitif punitive punitifs punitives
        soutien: soutenir soutient soutiennent soutenu soutenue soutenus soutenues soutien soutiens
        """
    ),
    "pt": _table(
        """
        famil: familia familias familiar familiares
        universo: universo universos
        caso: caso casos
        trata: trata tratas
        publicac: publicacao publicacoes publicar publicado publicada publicados publicadas
        publicid: publicidade
        estudant: estudante estudantes estudantil estudantis
        bebe: bebe bebes
        informe: informe informes
        porto: porto portos
        prevenc: prevenir previne previnem previna previnam prevenindo prevenido prevenida prevenidos prevenidas
        prevenc: prevencao prevencoes preventivo preventiva preventivos preventivas
        protec: proteger protege protegem proteja protejam protegendo protegido protegida protegidos protegidas
        protec: protecao protecoes proteccao proteccoes protetor protetora protetores protetoras
        reduc: reduzir reduz reduzem reduzindo reduzido reduzida reduzidos reduzidas reducao reducoes
        respost: responder responde respondem respondendo resposta respostas
        intervenc: intervir intervem intervindo intervencao intervencoes
        punic: punir pune punem punindo punido punida punidos punidas punicao punicoes punitivo punitiva
        atenc: atender atende atendem atendendo atendido atendida atendidos atendidas atencao atencoes
        """
    ),
}
