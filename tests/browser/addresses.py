"""One address of each kind of page, in a locale with letters from left to right and in one from right to left."""

# kind -> (Spanish, Arabic). The records are those of the starter content with the most of what their type has.
ADDRESSES = {
    "home": ("/es/", "/ar/"),
    "search": ("/es/search/", "/ar/search/"),
    "search words": ("/es/search/?q=crianza", "/ar/search/?q=%D8%A7%D9%84%D8%A3%D8%B7%D9%81%D8%A7%D9%84"),
    "search facets": (
        "/es/search/?q=violence&type=programme&type=evaluation&language=en&region=005&year_from=1990&sort=title",
        "/ar/search/?q=violence&type=programme&type=evaluation&language=en&region=005&year_from=1990&sort=title",
    ),
    "search nothing": ("/es/search/?q=zzzzqqqq&type=expert", "/ar/search/?q=zzzzqqqq&type=expert"),
    "search misspelt": ("/es/search/?q=parentng", "/ar/search/?q=parentng"),
    "search notices": (
        "/es/search/?type=nothing&colour=red&year=abc&page=99999",
        "/ar/search/?type=nothing&colour=red&year=abc&page=99999",
    ),
    "list": ("/es/programas/", "/ar/programmes/"),
    "list of trainings": ("/es/formaciones/", "/ar/trainings/"),
    "programme": ("/es/programas/incredible-years/", "/ar/programmes/incredible-years/"),
    "evaluation": ("/es/evaluaciones/nfp-18-years-2019/", "/ar/evaluations/nfp-18-years-2019/"),
    "publication": ("/es/publicaciones/inspire-core/", "/ar/publications/inspire-core/"),
    "training": ("/es/formaciones/san-salvador-2019/", "/ar/trainings/san-salvador-2019/"),
    "strategy": ("/es/estrategias/normas-y-valores/", "/ar/strategies/norms-and-values/"),
    "country": ("/es/paises/ke/", "/ar/countries/ke/"),
    "expert": (
        "/es/especialistas/ejemplo-facilitadora-en-crianza-positiva/",
        "/ar/experts/example-positive-parenting-facilitator/",
    ),
    "practice": ("/es/practicas/trinidad-gbv-mobile-app/", "/ar/practices/trinidad-gbv-mobile-app/"),
    "helplines": ("/es/donde-pedir-ayuda/", "/ar/where-to-get-help/"),
    "organisations": ("/es/organisations/", "/ar/organisations/"),
    "organisation": ("/es/organisations/who/", "/ar/organisations/who/"),
    "text": ("/es/privacidad/", "/ar/privacy/"),
    "not found": ("/es/no-hay-nada/", "/ar/nothing-here/"),
}
CASES = [(kind, locale, pair[at]) for kind, pair in ADDRESSES.items() for at, locale in enumerate(("es", "ar"))]
IDS = [f"{kind}-{locale}".replace(" ", "-") for kind, locale, _ in CASES]
