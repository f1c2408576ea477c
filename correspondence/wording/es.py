"""In Spanish."""

from correspondence.wording.form import Wording

OF_STATE = {
    "BHS": "de las Bahamas",
    "DOM": "de la República Dominicana",
    "ECU": "del Ecuador",
    "PER": "del Perú",
    "PRY": "del Paraguay",
    "URY": "del Uruguay",
    "BRA": "del Brasil",
    "CAN": "del Canadá",
    "USA": "de los Estados Unidos de América",
}

BODIES = {
    "round": """\
El Programa tiene el honor de informar a la Misión Permanente que se encuentra abierta la ronda de actualización \
“{round}”, en la que los Estados Miembros ponen al día la información sobre sus capacidades en seguridad cibernética \
correspondiente al período del {period_from} al {period_to}. Las actualizaciones se recibirán hasta el {due}.

El Programa agradecería a la Misión Permanente que tuviera a bien transmitir esta invitación a las autoridades \
nacionales competentes, a fin de que el enlace titular {of_state} prepare y envíe la actualización nacional por \
medio del portal OAS Cyber.

El Programa queda a disposición de las autoridades {of_state} para prestar toda la asistencia que requiera su \
preparación.""",
    "nominations": """\
El Programa tiene el honor de invitar al Gobierno {of_state} a postular candidatas y candidatos al curso “{course}” \
({dates}). Se dispone de {seats} plazas y las postulaciones se recibirán hasta el {until}.

El Programa agradecería a la Misión Permanente que tuviera a bien transmitir esta invitación a las autoridades \
nacionales competentes. Los enlaces {of_state} pueden registrar las postulaciones en el portal OAS Cyber, o bien \
comunicarlas en la respuesta a la presente nota, indicando el cargo, la institución y el correo electrónico de cada \
persona. El Programa alienta postulaciones que guarden equilibrio entre mujeres y hombres.""",
    "plan": """\
El Programa tiene el honor de referirse al plan de país en materia de seguridad cibernética {of_state} para el \
período {period}, cuya versión {version} fue presentada a las autoridades nacionales el {offered}.

El Programa agradecería recibir la conformidad del Gobierno {of_state} con dicho plan. Este puede ser firmado en el \
portal OAS Cyber por el enlace titular, o bien aceptado en la respuesta a la presente nota. En caso de que las \
autoridades desearan modificaciones, el Programa las consideraría con todo gusto.""",
    "join": """\
El Programa tiene el honor de invitar al Gobierno {of_state} a que su equipo nacional de respuesta a incidentes de \
seguridad informática se incorpore a la red hemisférica de dichos equipos (CSIRTAmericas), por medio de la cual los \
Estados Miembros intercambian alertas, experiencias y asistencia.

La jefatura del equipo puede presentar la solicitud en el portal OAS Cyber, acompañada del documento de creación. La \
solicitud es aprobada por el punto nacional de contacto y se responde en un plazo de veinte días hábiles. El \
Programa agradecería a la Misión Permanente que tuviera a bien transmitir esta invitación a las autoridades \
nacionales competentes.""",
    "admission": """\
El Programa tiene el honor de referirse a la solicitud de {team} para incorporarse a la red hemisférica de equipos \
de respuesta a incidentes de seguridad informática (CSIRTAmericas), y se complace en informar a la Misión Permanente \
que el equipo ha sido admitido.

La membresía comienza con una reunión introductoria, cuya fecha se está acordando con la jefatura del equipo.""",
    "declined": """\
El Programa tiene el honor de referirse a la solicitud de {team} para incorporarse a la red hemisférica de equipos \
de respuesta a incidentes de seguridad informática (CSIRTAmericas), y lamenta informar a la Misión Permanente que el \
equipo no ha podido ser admitido.

Las razones han sido comunicadas al solicitante. El Programa queda a disposición de las autoridades {of_state} y \
recibiría con agrado una nueva solicitud más adelante.""",
    "membership": """\
El Programa tiene el honor de informar a la Misión Permanente que, al {today}, {team} es miembro de la red \
hemisférica de equipos de respuesta a incidentes de seguridad informática (CSIRTAmericas).

El Programa solicita que lo anterior se ponga en conocimiento de las autoridades nacionales competentes.""",
    "membership-ended": """\
El Programa tiene el honor de informar a la Misión Permanente que, al {today}, {team} no es miembro de la red \
hemisférica de equipos de respuesta a incidentes de seguridad informática (CSIRTAmericas).

El Programa solicita que lo anterior se ponga en conocimiento de las autoridades nacionales competentes y recibiría \
con agrado una solicitud, si el Gobierno {of_state} deseara que el equipo se incorpore a la red.""",
    "contact-points": """\
El Programa tiene el honor de referirse al directorio de puntos nacionales de contacto en materia de seguridad \
cibernética. {known}

El Programa agradecería a la Misión Permanente que tuviera a bien comunicar, por cada punto de contacto que el \
Gobierno {of_state} desee designar o confirmar, el nombre, el cargo, la institución, el correo electrónico, el \
teléfono y el idioma de preferencia.""",
    "removal": """\
El Programa tiene el honor de referirse a {name}, {post}, que es punto de contacto {of_state} en materia de \
seguridad cibernética desde el {since}.

El Programa agradecería a la Misión Permanente que tuviera a bien confirmar si dicha designación debe darse por \
concluida y a partir de qué fecha y, en ese caso, comunicar el nombre, el cargo, la institución, el correo \
electrónico, el teléfono y el idioma de preferencia de quien le suceda.""",
    "nobody-known": "En la actualidad no figura en los registros del Programa ningún punto de contacto {of_state}.",
    "known": "En la actualidad figuran en los registros del Programa estos puntos de contacto {of_state}: {names}.",
}

SPANISH = Wording(
    of="de ",
    of_state=OF_STATE,
    brand="Organización de los Estados Americanos",
    programme="Programa de Seguridad Cibernética, Comité Interamericano contra el Terrorismo (CICTE)",
    sample="Muestra",
    draft="Borrador, sin número",
    kind="Nota verbal",
    page="Página %(n)s de %(of)s",
    place="Washington, D.C., {date}",
    addressee="A la Misión Permanente {of_state}\nante la Organización de los Estados Americanos\nWashington, D.C.",
    opening=(
        "El Programa de Seguridad Cibernética del Comité Interamericano contra el Terrorismo (CICTE) de la "
        "Organización de los Estados Americanos saluda muy atentamente a la Misión Permanente {of_state} ante la "
        "Organización de los Estados Americanos."
    ),
    reply="El Programa agradecería recibir la respuesta de la Misión Permanente a más tardar el {reply_by}.",
    closing=(
        "El Programa de Seguridad Cibernética aprovecha la oportunidad para reiterar a la Misión Permanente "
        "{of_state} ante la Organización de los Estados Americanos las seguridades de su más alta y distinguida "
        "consideración."
    ),
    quote="Se ruega citar en la respuesta",
    code="Código que conduce a esta nota en el portal",
    bodies=BODIES,
)
