"""In Portuguese, as it is written in Brazil."""

from correspondence.wording.form import Wording

OF_STATE = {
    "ARG": "da Argentina",
    "BHS": "das Bahamas",
    "BOL": "da Bolívia",
    "BRA": "do Brasil",
    "CAN": "do Canadá",
    "CHL": "do Chile",
    "COL": "da Colômbia",
    "CRI": "da Costa Rica",
    "DMA": "da Dominica",
    "DOM": "da República Dominicana",
    "ECU": "do Equador",
    "GTM": "da Guatemala",
    "GUY": "da Guiana",
    "HND": "de Honduras",
    "HTI": "do Haiti",
    "JAM": "da Jamaica",
    "MEX": "do México",
    "NIC": "da Nicarágua",
    "PAN": "do Panamá",
    "PRY": "do Paraguai",
    "PER": "do Peru",
    "SUR": "do Suriname",
    "USA": "dos Estados Unidos da América",
    "URY": "do Uruguai",
    "VEN": "da Venezuela",
}

BODIES = {
    "round": """\
O Programa tem a honra de informar à Missão Permanente que se encontra aberta a rodada de atualização “{round}”, na \
qual os Estados membros atualizam as informações sobre suas capacidades em segurança cibernética relativas ao \
período de {period_from} a {period_to}. As atualizações serão recebidas até {due}.

O Programa agradeceria à Missão Permanente a gentileza de transmitir este convite às autoridades nacionais \
competentes, a fim de que o agente de ligação titular {of_state} prepare e envie a atualização nacional por meio do \
portal OAS Cyber.

O Programa permanece à disposição das autoridades {of_state} para toda assistência em sua preparação.""",
    "nominations": """\
O Programa tem a honra de convidar o Governo {of_state} a indicar candidatas e candidatos ao curso “{course}” \
({dates}). Há {seats} vagas, e as indicações serão recebidas até {until}.

O Programa agradeceria à Missão Permanente a gentileza de transmitir este convite às autoridades nacionais \
competentes. Os agentes de ligação {of_state} podem registrar as indicações no portal OAS Cyber, ou comunicá-las na \
resposta à presente nota, com o cargo, a instituição e o endereço eletrônico de cada pessoa. O Programa incentiva \
indicações que reflitam equilíbrio entre mulheres e homens.""",
    "plan": """\
O Programa tem a honra de referir-se ao plano de país em matéria de segurança cibernética {of_state} para o período \
{period}, cuja versão {version} foi apresentada às autoridades nacionais em {offered}.

O Programa agradeceria receber a concordância do Governo {of_state} com o referido plano. Este pode ser assinado no \
portal OAS Cyber pelo agente de ligação titular, ou aceito na resposta à presente nota. Caso as autoridades desejem \
modificações, o Programa terá satisfação em examiná-las.""",
    "join": """\
O Programa tem a honra de convidar o Governo {of_state} a integrar a sua equipe nacional de resposta a incidentes de \
segurança informática à rede hemisférica dessas equipes (CSIRTAmericas), por meio da qual os Estados membros \
intercambiam alertas, experiências e assistência.

A chefia da equipe pode apresentar a solicitação no portal OAS Cyber, acompanhada do documento de criação. A \
solicitação é aprovada pelo ponto de contato nacional e respondida no prazo de vinte dias úteis. O Programa \
agradeceria à Missão Permanente a gentileza de transmitir este convite às autoridades nacionais competentes.""",
    "admission": """\
O Programa tem a honra de referir-se à solicitação de {team} para ingressar na rede hemisférica de equipes de \
resposta a incidentes de segurança informática (CSIRTAmericas) e tem a satisfação de informar à Missão Permanente \
que a equipe foi admitida.

A participação começa com uma reunião introdutória, cuja data está sendo acordada com a chefia da equipe.""",
    "declined": """\
O Programa tem a honra de referir-se à solicitação de {team} para ingressar na rede hemisférica de equipes de \
resposta a incidentes de segurança informática (CSIRTAmericas) e lamenta informar à Missão Permanente que a equipe \
não pôde ser admitida.

As razões foram comunicadas ao solicitante. O Programa permanece à disposição das autoridades {of_state} e receberia \
com satisfação uma nova solicitação em data posterior.""",
    "membership": """\
O Programa tem a honra de informar à Missão Permanente que, em {today}, {team} é membro da rede hemisférica de \
equipes de resposta a incidentes de segurança informática (CSIRTAmericas).

O Programa solicita que o exposto seja levado ao conhecimento das autoridades nacionais competentes.""",
    "membership-ended": """\
O Programa tem a honra de informar à Missão Permanente que, em {today}, {team} não é membro da rede hemisférica de \
equipes de resposta a incidentes de segurança informática (CSIRTAmericas).

O Programa solicita que o exposto seja levado ao conhecimento das autoridades nacionais competentes e receberia com \
satisfação uma solicitação, caso o Governo {of_state} deseje o ingresso da equipe na rede.""",
    "contact-points": """\
O Programa tem a honra de referir-se ao diretório de pontos de contato nacionais em matéria de segurança \
cibernética. {known}

O Programa agradeceria à Missão Permanente a gentileza de comunicar, para cada ponto de contato que o Governo \
{of_state} deseje designar ou confirmar, o nome, o cargo, a instituição, o endereço eletrônico, o telefone e o \
idioma de preferência.""",
    "removal": """\
O Programa tem a honra de referir-se a {name}, {post}, ponto de contato {of_state} em matéria de segurança \
cibernética desde {since}.

O Programa agradeceria à Missão Permanente a gentileza de confirmar se essa designação deve ser encerrada e a partir \
de que data e, nesse caso, de comunicar o nome, o cargo, a instituição, o endereço eletrônico, o telefone e o idioma \
de preferência de quem a suceder.""",
    "nobody-known": "No momento, não consta dos registros do Programa nenhum ponto de contato {of_state}.",
    "known": "No momento, constam dos registros do Programa os seguintes pontos de contato {of_state}: {names}.",
}

PORTUGUESE = Wording(
    of="de ",
    of_state=OF_STATE,
    brand="Organização dos Estados Americanos",
    programme="Programa de Segurança Cibernética, Comitê Interamericano contra o Terrorismo (CICTE)",
    sample="Amostra",
    draft="Minuta, sem número",
    kind="Nota verbal",
    page="Página %(n)s de %(of)s",
    place="Washington, D.C., {date}",
    addressee="À Missão Permanente {of_state}\njunto à Organização dos Estados Americanos\nWashington, D.C.",
    opening=(
        "O Programa de Segurança Cibernética do Comitê Interamericano contra o Terrorismo (CICTE) da Organização "
        "dos Estados Americanos cumprimenta atenciosamente a Missão Permanente {of_state} junto à Organização dos "
        "Estados Americanos."
    ),
    reply="O Programa agradeceria receber a resposta da Missão Permanente até {reply_by}.",
    closing=(
        "O Programa de Segurança Cibernética aproveita a oportunidade para renovar à Missão Permanente {of_state}"
        " junto à Organização dos Estados Americanos os protestos de sua mais alta consideração."
    ),
    quote="Solicita-se citar na resposta",
    code="Código que leva a esta nota no portal",
    bodies=BODIES,
)
