"""Words that follow no rule: irregular plurals, nouns of verbs, and words that Snowball would take for another.

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
    "es": {
        word: (lemma,)
        for word, lemma in _table(
            """
            prestamo: prestamos
            extremo: extremos
            ramo: ramos
            tramo: tramos
            otro: otra otras
            alto: alta altas
            enlace: enlaces
            indice: indices
            cruce: cruces
            complice: complices
            apendice: apendices
            medir: medicion mediciones
            prohibir: prohibicion prohibiciones
            adoptar: adopcion adopciones adoptivo adoptiva adoptivos adoptivas
            detectar: deteccion detecciones
            detener: detencion detenciones
            ampliar: ampliacion ampliaciones
            nutrir: nutricion nutricional nutricionales
            actuar: actuacion actuaciones
            migrar: migracion migraciones migrante migrantes migratorio migratoria migratorios migratorias
            inspeccionar: inspeccion inspecciones
            violar: violacion violaciones violador violadores
            cuidar: cuidador cuidadora cuidadores cuidadoras
            discutir: discusion discusiones
            revisar: revision revisiones
            incluir: inclusion inclusiones inclusivo inclusiva inclusivos inclusivas
            eficaz: eficacia
            pobre: pobreza
            emocion: emocional emocionales
            """
        ).items()
    },
    "en": {
        word: (lemma,)
        for word, lemma in _table(
            """
            child: children
            woman: women
            man: men
            person: people peoples
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
            empower: empowerment
            teach: teacher teachers
            train: trainer trainers
            safe: safer safest safety
            marry: marriage marriages
            therapy: therapeutic therapeutics therapist therapists
            migrate: migrant migrants
            discipline: disciplinary
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
            elu: elus elue elues
            reconnu: reconnue reconnues
            connu: connue connues
            contenu: contenue contenues
            detenu: detenue detenues
            recu: recue recues
            travailleur: travailleuse travailleuses
            chanteur: chanteuse chanteuses
            danger: dangereux dangereuse dangereuses
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
        **{
            word: (lemma,)
            for word, lemma in _table(
                """
                alto: alta altas
                proibir: proibicao proibicoes
                adotar: adocao adocoes adopcao adopcoes adotivo adotiva adotivos adotivas
                detectar: detecao detecoes deteccao deteccoes
                deter: detencao detencoes
                ampliar: ampliacao ampliacoes
                criar: criacao criacoes
                nutrir: nutricao nutricional nutricionais
                atuar: atuacao atuacoes actuacao
                migrar: migracao migracoes migrante migrantes migratorio migratoria migratorios migratorias
                inspecionar: inspecao inspecoes inspeccao inspeccoes
                violar: violacao violacoes violador violadores
                cuidar: cuidador cuidadora cuidadores cuidadoras
                discutir: discussao discussoes
                revisar: revisao revisoes
                incluir: inclusao inclusoes inclusivo inclusiva inclusivos inclusivas
                adolescente: adolescencia adolescencias
                dependente: dependencia dependencias
                deficiente: deficiencia deficiencias
                eficaz: eficacia
                pobre: pobreza
                emocao: emocional emocionais
                """
            ).items()
        },
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
        formac: formacion formaciones formar forman formando formado formada formados formadas
        formac: formador formadora formadores formadoras formativo formativa formativos formativas
        comunidad: comunidad comunidades comunitario comunitaria comunitarios comunitarias
        infanc: infancia infancias infantil infantiles
        agres: agresion agresiones agresor agresora agresores agresoras agredir agredido agredida agredidos agredidas
        agres: agresivo agresiva agresivos agresivas agresividad
        costo: costo costos coste costes costear
        creac: crear crean creando creado creada creados creadas creacion creaciones creador creadora creadores
        mediac: mediar mediacion mediaciones mediador mediadora mediadores mediadoras
        marco: marco marcos
        medio: medio medios
        paper: paper papers
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
        publicat: publication publications
        several: several
        position: position positions positioned positioning
        authorit: authority authorities authoritative
        authoriz: authorize authorizes authorized authorizing authorization authorizations
        authoriz: authorise authorises authorised authorising authorisation authorisations
        minority: minority minorities
        witness: witness witnesses witnessed witnessing
        informal: informal informally
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
        prevent: prevenir previent previennent prevention preventions
        prevenu: prevenu prevenue prevenus prevenues
        prevent: preventif preventive preventifs preventives
        protect: proteger protege protegent protegee proteges protegees protection protections protecteur protecteurs
        protect: protectrice protectrices
        reduct: reduire reduit reduisent reduite reduits reduites reduisant reduction reductions
        repons: repondre repond repondent repondant reponse reponses
        intervent: intervenir intervient interviennent intervention interventions
        educ: eduquer eduque eduquent education educations educatif educative educatifs educatives
        punit: punir punit punissent puni punie punis punies punition punitions punitif punitive punitifs punitives
        soutien: soutenir soutient soutiennent soutenu soutenue soutenus soutenues soutien soutiens
        interdict: interdire interdisent interdisant interdit interdits interdite interdites interdiction interdictions
        communaut: communaute communautes communautaire communautaires
        petit: petit petits petite petites
        delit: delit delits
        recit: recit recits
        profit: profit profits profiter profitent
        commis: commis commise commises
        esprit: esprit esprits
        habit: habit habits
        male: male males
        arme: arme armes armee armees
        excellent: excellent excellente excellents excellentes
        """
    ),
    "pt": _table(
        """
        egipc: egipcio egipcia egipcios egipcias
        libi: libio libia libios libias
        paraguai: paraguaio paraguaia paraguaios paraguaias
        uruguai: uruguaio uruguaia uruguaios uruguaias
        famil: familia familias familiar familiares
        formac: formacao formacoes formar formam formou formando formado formada formados formadas
        formac: formador formadora formadores formadoras formativo formativa formativos formativas
        medicao: medir mede medem medindo medido medidos medicao medicoes medida medidas
        mediac: mediar mediacao mediacoes mediador mediadora mediadores mediadoras
        comunidad: comunidade comunidades comunitario comunitaria comunitarios comunitarias
        infanc: infancia infancias infantil infantis
        agress: agressao agressoes agressor agressora agressores agressoras agredir agredido agredida agredidos
        agress: agressivo agressiva agressivos agressivas agressividade
        custo: custo custos
        apoi: apoio apoios apoiar apoia apoiam apoie apoiem apoiando apoiado apoiada apoiados apoiadas
        livro: livro livros
        medo: medo medos
        video: video videos
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
