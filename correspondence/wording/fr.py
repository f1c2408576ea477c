"""In French."""

from correspondence.wording.form import Wording

OF_STATE = {
    "ATG": "d’Antigua-et-Barbuda",
    "ARG": "de l’Argentine",
    "BHS": "des Bahamas",
    "BRB": "de la Barbade",
    "BLZ": "du Belize",
    "BOL": "de la Bolivie",
    "BRA": "du Brésil",
    "CAN": "du Canada",
    "CHL": "du Chili",
    "COL": "de la Colombie",
    "CRI": "du Costa Rica",
    "DMA": "de la Dominique",
    "DOM": "de la République dominicaine",
    "ECU": "de l’Équateur",
    "SLV": "d’El Salvador",
    "GRD": "de la Grenade",
    "GTM": "du Guatemala",
    "GUY": "du Guyana",
    "HND": "du Honduras",
    "HTI": "d’Haïti",
    "JAM": "de la Jamaïque",
    "MEX": "du Mexique",
    "NIC": "du Nicaragua",
    "PAN": "du Panama",
    "PRY": "du Paraguay",
    "PER": "du Pérou",
    "SUR": "du Suriname",
    "TTO": "de la Trinité-et-Tobago",
    "USA": "des États-Unis d’Amérique",
    "URY": "de l’Uruguay",
    "VEN": "du Venezuela",
}

BODIES = {
    "round": """\
Le Programme a l’honneur d’informer la Mission permanente de l’ouverture du cycle de mise à jour « {round} », au \
cours duquel les États membres actualisent les informations relatives à leurs capacités en matière de cybersécurité \
pour la période du {period_from} au {period_to}. Les mises à jour sont reçues jusqu’au {due}.

Le Programme saurait gré à la Mission permanente de bien vouloir transmettre cette invitation aux autorités \
nationales compétentes, afin que l’agent de liaison titulaire {of_state} prépare et envoie la mise à jour nationale \
au moyen du portail OAS Cyber.

Le Programme se tient à la disposition des autorités {of_state} pour toute assistance dans cette préparation.""",
    "nominations": """\
Le Programme a l’honneur d’inviter le Gouvernement {of_state} à désigner des candidates et candidats au cours « \
{course} » ({dates}). Le cours compte {seats} places et les candidatures sont reçues jusqu’au {until}.

Le Programme saurait gré à la Mission permanente de bien vouloir transmettre cette invitation aux autorités \
nationales compétentes. Les agents de liaison {of_state} peuvent inscrire les candidatures dans le portail OAS Cyber \
; celles-ci peuvent également être communiquées dans la réponse à la présente note, avec la fonction, l’institution \
et l’adresse électronique de chaque personne. Le Programme encourage une représentation équilibrée des femmes et des \
hommes.""",
    "plan": """\
Le Programme a l’honneur de se référer au plan pays en matière de cybersécurité {of_state} pour la période {period}, \
dont la version {version} a été proposée aux autorités nationales le {offered}.

Le Programme souhaiterait recevoir l’accord du Gouvernement {of_state} sur ce plan. Celui-ci peut être signé dans le \
portail OAS Cyber par l’agent de liaison titulaire, ou accepté dans la réponse à la présente note. Si les autorités \
souhaitaient des modifications, le Programme les examinerait volontiers.""",
    "join": """\
Le Programme a l’honneur d’inviter le Gouvernement {of_state} à faire entrer son équipe nationale de réponse aux \
incidents de sécurité informatique dans le réseau continental de ces équipes (CSIRTAmericas), au moyen duquel les \
États membres échangent alertes, expériences et assistance.

La direction de l’équipe peut présenter la demande dans le portail OAS Cyber, accompagnée de l’acte constitutif de \
l’équipe. La demande est approuvée par le point de contact national et reçoit une réponse dans un délai de vingt \
jours ouvrables. Le Programme saurait gré à la Mission permanente de bien vouloir transmettre cette invitation aux \
autorités nationales compétentes.""",
    "admission": """\
Le Programme a l’honneur de se référer à la demande d’adhésion de l’équipe {team} au réseau continental des équipes \
de réponse aux incidents de sécurité informatique (CSIRTAmericas) et a le plaisir d’informer la Mission permanente \
que cette équipe a été admise.

L’adhésion prend effet lors d’une réunion d’introduction, dont la date est fixée d’un commun accord avec la direction \
de l’équipe.""",
    "declined": """\
Le Programme a l’honneur de se référer à la demande d’adhésion de l’équipe {team} au réseau continental des équipes \
de réponse aux incidents de sécurité informatique (CSIRTAmericas) et a le regret d’informer la Mission permanente \
que cette équipe n’a pu être admise.

Les motifs ont été communiqués au demandeur. Le Programme se tient à la disposition des autorités {of_state} et \
recevrait volontiers une nouvelle demande ultérieurement.""",
    "membership": """\
Le Programme a l’honneur d’informer la Mission permanente qu’à la date du {today}, l’équipe {team} est membre du \
réseau continental des équipes de réponse aux incidents de sécurité informatique (CSIRTAmericas).

Le Programme prie la Mission permanente de bien vouloir en informer les autorités nationales compétentes.""",
    "membership-ended": """\
Le Programme a l’honneur d’informer la Mission permanente qu’à la date du {today}, l’équipe {team} n’est pas membre \
du réseau continental des équipes de réponse aux incidents de sécurité informatique (CSIRTAmericas).

Le Programme prie la Mission permanente de bien vouloir en informer les autorités nationales compétentes et \
recevrait volontiers une demande, si le Gouvernement {of_state} souhaitait l’entrée de l’équipe dans le réseau.""",
    "contact-points": """\
Le Programme a l’honneur de se référer au répertoire des points de contact nationaux en matière de cybersécurité. \
{known}

Le Programme saurait gré à la Mission permanente de bien vouloir communiquer, pour chaque point de contact que le \
Gouvernement {of_state} souhaite désigner ou confirmer, le nom, la fonction, l’institution, l’adresse électronique, \
le numéro de téléphone et la langue de préférence.""",
    "removal": """\
Le Programme a l’honneur de se référer à {name}, {post}, point de contact {of_state} en matière de cybersécurité \
depuis le {since}.

Le Programme saurait gré à la Mission permanente de bien vouloir confirmer s’il y a lieu de mettre fin à cette \
désignation et à compter de quelle date et, dans ce cas, de communiquer le nom, la fonction, l’institution, \
l’adresse électronique, le numéro de téléphone et la langue de préférence de la personne qui lui succède.""",
    "nobody-known": "À ce jour, aucun point de contact {of_state} ne figure dans les dossiers du Programme.",
    "known": "À ce jour, figurent dans les dossiers du Programme les points de contact {of_state} ci-après : {names}.",
}

FRENCH = Wording(
    of="de ",
    of_state=OF_STATE,
    brand="Organisation des États américains",
    programme="Programme de cybersécurité, Comité interaméricain contre le terrorisme (CICTE)",
    sample="Exemple",
    draft="Projet, sans numéro",
    kind="Note verbale",
    page="Page %(n)s sur %(of)s",
    place="Washington, D.C., le {date}",
    addressee="À la Mission permanente {of_state}\nprès l’Organisation des États américains\nWashington, D.C.",
    opening=(
        "Le Programme de cybersécurité du Comité interaméricain contre le terrorisme (CICTE) de l’Organisation "
        "des États américains présente ses compliments à la Mission permanente {of_state} près l’Organisation des"
        " États américains."
    ),
    reply="Le Programme saurait gré à la Mission permanente de bien vouloir faire parvenir sa réponse au plus tard le "
    "{reply_by}.",
    closing=(
        "Le Programme de cybersécurité saisit cette occasion pour renouveler à la Mission permanente {of_state} "
        "près l’Organisation des États américains les assurances de sa très haute considération."
    ),
    quote="Prière de rappeler dans la réponse",
    code="Code qui mène à cette note dans le portail",
    bodies=BODIES,
)
