"""In English."""

from correspondence.wording.form import Wording

OF_STATE = {
    "BHS": "of the Commonwealth of The Bahamas",
    "DOM": "of the Dominican Republic",
    "USA": "of the United States of America",
}

BODIES = {
    "round": """\
The Program has the honor to inform the Permanent Mission that the update round “{round}” is open. In it the member \
states bring up to date what is known of their cybersecurity capacity, for the period from {period_from} to \
{period_to}. Updates are received until {due}.

The Program would be grateful if the Permanent Mission would transmit this invitation to the competent national \
authorities, so that the lead liaison {of_state} may prepare and send the national update through the portal OAS \
Cyber.

The Program remains at the disposal of the authorities {of_state} for any assistance in its preparation.""",
    "nominations": """\
The Program has the honor to invite the Government {of_state} to nominate candidates for the course “{course}” \
({dates}). {seats} seats are available, and nominations are received until {until}.

The Program would be grateful if the Permanent Mission would transmit this invitation to the competent national \
authorities. The liaisons {of_state} may enter the names of the candidates in the portal OAS Cyber, or they may be \
given in the reply to this note, with the post, the institution and the e-mail address of each. The Program \
encourages nominations that reflect a balance of women and men.""",
    "plan": """\
The Program has the honor to refer to the country plan on cybersecurity {of_state} for the period {period}, version \
{version} of which was offered to the national authorities on {offered}.

The Program would be grateful to receive the agreement of the Government {of_state} to this plan. It may be signed \
in the portal OAS Cyber by the lead liaison, or agreed to in the reply to this note. Should the authorities wish to \
see changes, the Program would be pleased to consider them.""",
    "join": """\
The Program has the honor to invite the Government {of_state} to have its national computer security incident \
response team join the hemispheric network of such teams (CSIRTAmericas), through which the member states exchange \
alerts, experience and assistance.

The head of the team may apply in the portal OAS Cyber with the document that founds it. The application is approved \
by the national contact point and is answered within twenty working days. The Program would be grateful if the \
Permanent Mission would transmit this invitation to the competent national authorities.""",
    "admission": """\
The Program has the honor to refer to the application of {team} to the hemispheric network of computer security \
incident response teams (CSIRTAmericas), and is pleased to inform the Permanent Mission that the team has been \
admitted.

The membership begins with an introductory meeting, the date of which is being agreed with the head of the team.""",
    "declined": """\
The Program has the honor to refer to the application of {team} to the hemispheric network of computer security \
incident response teams (CSIRTAmericas), and regrets to inform the Permanent Mission that the team could not be \
admitted.

The reasons have been communicated to the applicant. The Program remains at the disposal of the authorities \
{of_state} and would be pleased to receive a new application at a later date.""",
    "membership": """\
The Program has the honor to inform the Permanent Mission that, as of {today}, {team} is a member of the hemispheric \
network of computer security incident response teams (CSIRTAmericas).

The Program requests that this be brought to the attention of the competent national authorities.""",
    "membership-ended": """\
The Program has the honor to inform the Permanent Mission that, as of {today}, {team} is not a member of the \
hemispheric network of computer security incident response teams (CSIRTAmericas).

The Program requests that this be brought to the attention of the competent national authorities, and would be \
pleased to receive an application should the Government {of_state} wish the team to join the network.""",
    "contact-points": """\
The Program has the honor to refer to the directory of national points of contact on cybersecurity matters. {known}

The Program would be grateful if the Permanent Mission would communicate, for each point of contact that the \
Government {of_state} wishes to nominate or to confirm, the name, the post, the institution, the e-mail address, the \
telephone number and the preferred language.""",
    "removal": """\
The Program has the honor to refer to {name}, {post}, who has been a point of contact {of_state} on cybersecurity \
matters since {since}.

The Program would be grateful if the Permanent Mission would confirm whether this nomination is to be ended and from \
which date and, in that case, would communicate the name, the post, the institution, the e-mail address, the \
telephone number and the preferred language of the successor.""",
    "nobody-known": "At present no point of contact {of_state} is on record with the Program.",
    "known": "At present the following points of contact {of_state} are on record with the Program: {names}.",
}

ENGLISH = Wording(
    of="of ",
    of_state=OF_STATE,
    brand="Organization of American States",
    programme="Cyber Security Program, Inter-American Committee against Terrorism (CICTE)",
    sample="Sample",
    draft="Draft, without number",
    kind="Note verbale",
    page="Page %(n)s of %(of)s",
    place="Washington, D.C., {date}",
    addressee="To the Permanent Mission {of_state}\nto the Organization of American States\nWashington, D.C.",
    opening=(
        "The Cyber Security Program of the Inter-American Committee against Terrorism (CICTE), Organization of "
        "American States, presents its compliments to the Permanent Mission {of_state} to the Organization of "
        "American States."
    ),
    reply="The Program would be grateful to receive the reply of the Permanent Mission by {reply_by}.",
    closing=(
        "The Cyber Security Program avails itself of this opportunity to renew to the Permanent Mission "
        "{of_state} to the Organization of American States the assurances of its highest consideration."
    ),
    quote="The reply is kindly requested to quote",
    code="Code that leads to this note in the portal",
    bodies=BODIES,
)
