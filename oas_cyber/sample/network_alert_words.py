"""What the alerts of the trial say. All of it is invented: names end in .example, addresses are those of documents."""

from typing import Any

REFUNDS: dict[str, Any] = {
    "kind": "warning",
    "language": "es",
    "title_en": "Fake tax refund messages used to take over government e-mail accounts",
    "title_es": "Falsos mensajes de devolución de impuestos para tomar cuentas de correo del gobierno",
    "title_fr": "De faux messages de remboursement d’impôt servent à prendre le contrôle de comptes publics",
    "title_pt_br": "Falsas mensagens de restituição de imposto usadas para tomar contas de e-mail do governo",
    "happening_en": "Three member states report messages that promise a tax refund. The link opens a copy of a"
    " government sign-in page. Stolen accounts then send the same message to all contacts.",
    "happening_es": "Tres Estados miembros informan de mensajes que prometen una devolución de impuestos. El enlace"
    " abre una copia de la página de acceso del gobierno. Las cuentas robadas envían el mismo mensaje a sus contactos.",
    "happening_fr": "Trois États membres signalent des messages qui promettent un remboursement d’impôt. Le lien ouvre"
    " une copie de la page de connexion de l’État. Les comptes volés envoient le même message à tous leurs contacts.",
    "happening_pt_br": "Três Estados membros relatam mensagens que prometem uma restituição de imposto. O link abre uma"
    " cópia da página de acesso do governo. As contas roubadas enviam a mesma mensagem a todos os contatos.",
    "to_do_en": "1. Block the addresses below on mail and web gateways.\n2. Search sign-in logs since 15 November for"
    " the listed networks.\n3. Reset sessions of any account that opened the page.",
    "to_do_es": "1. Bloquee las direcciones en las pasarelas de correo y web.\n2. Busque las redes indicadas en los"
    " registros de acceso desde el 15 de noviembre.\n3. Cierre las sesiones de toda cuenta que haya abierto la página.",
    "to_do_fr": "1. Bloquez ces adresses sur les passerelles de courriel et web.\n2. Cherchez les réseaux indiqués dans"
    " les journaux de connexion depuis le 15 novembre.\n3. Fermez les sessions des comptes qui ont ouvert la page.",
    "to_do_pt_br": "1. Bloqueie os endereços nos gateways de e-mail e web.\n2. Procure as redes indicadas nos registros"
    " de acesso desde 15 de novembro.\n3. Encerre as sessões das contas que abriram a página.",
    "rsit": ["fraud", "phishing"],
}
VPN: dict[str, Any] = {
    "kind": "advisory",
    "language": "en",
    "title_en": "Known flaw in remote access gateways is being used again",
    "title_es": "Se vuelve a explotar un fallo conocido en pasarelas de acceso remoto",
    "title_fr": "Une faille connue de passerelles d’accès distant est de nouveau exploitée",
    "title_pt_br": "Falha conhecida em gateways de acesso remoto volta a ser explorada",
    "happening_en": "Gateways that were not updated are searched for and taken over within hours. The vendor published"
    " a corrected version in April 2024.",
    "happening_es": "Se buscan las pasarelas sin actualizar y se toman en pocas horas. El fabricante publicó una"
    " versión corregida en abril de 2024.",
    "happening_fr": "Les passerelles non mises à jour sont recherchées et prises en quelques heures. L’éditeur a publié"
    " une version corrigée en avril 2024.",
    "happening_pt_br": "Gateways sem atualização são procurados e tomados em poucas horas. O fabricante publicou uma"
    " versão corrigida em abril de 2024.",
    "to_do_en": "Install the corrected version. Look for new accounts and for files changed since March.",
    "to_do_es": "Instale la versión corregida. Busque cuentas nuevas y archivos modificados desde marzo.",
    "to_do_fr": "Installez la version corrigée. Cherchez les nouveaux comptes et les fichiers modifiés depuis mars.",
    "to_do_pt_br": "Instale a versão corrigida. Procure contas novas e arquivos alterados desde março.",
    "rsit": ["vulnerable", "vulnerable-system", "ids-alert"],
    "cves": ["CVE-2024-3400"],
    "products": "Remote access gateways with the affected feature switched on",
}
BOTNET: dict[str, Any] = {
    "kind": "request",
    "language": "pt-br",
    "title_en": "Have you seen this control server?",
    "title_es": "¿Han visto este servidor de mando?",
    "title_pt_br": "Vocês viram este servidor de comando?",
    "happening_en": "Devices of two hospitals talked to the server below. We ask whether others did.",
    "happening_es": "Equipos de dos hospitales hablaron con el servidor indicado. Preguntamos si hay más.",
    "happening_pt_br": "Equipamentos de dois hospitais falaram com o servidor abaixo. Perguntamos se há outros.",
    "to_do_en": "Look for the address in records of the last 30 days. Do not contact the server.",
    "to_do_es": "Busque la dirección en los registros de los últimos 30 días. No contacte con el servidor.",
    "to_do_pt_br": "Procure o endereço nos registros dos últimos 30 dias. Não entre em contato com o servidor.",
    "rsit": ["malicious-code", "c2-server"],
}
RANSOM: dict[str, Any] = {
    "kind": "incident",
    "language": "es",
    "title_es": "Cifrado de servidores en un operador portuario",
    "title_en": "Servers of a port operator were encrypted",
    "happening_es": "Un operador portuario no emite documentos de carga. Entraron por una cuenta de mantenimiento.",
    "happening_en": "A port operator cannot issue cargo papers. The attackers came in by a maintenance account.",
    "to_do_es": "Revise las cuentas de mantenimiento de sus puertos y cierre las que nadie usa.",
    "to_do_en": "Go through the maintenance accounts of your ports and close those nobody uses.",
    "rsit": ["information-content-security", "unauthorised-information-modification"],
}
ARREST: dict[str, Any] = {
    "kind": "request",
    "language": "en",
    "title_en": "A suspect’s server is to be secured on Thursday",
    "happening_en": "Please keep this to yourself until Friday. We ask for a person who can be reached that night.",
    "rsit": ["other"],
}
DRILL: dict[str, Any] = {
    "kind": "warning",
    "language": "en",
    "title_en": "Exercise: water works of three islands without control",
    "title_es": "Ejercicio: plantas de agua de tres islas sin control",
    "title_fr": "Exercice : les eaux de trois îles sans commande",
    "title_pt_br": "Exercício: sistemas de água de três ilhas sem controle",
    "happening_en": "This is an exercise. Operators of three islands report that screens show wrong levels.",
    "happening_es": "Esto es un ejercicio. Los operadores de tres islas ven niveles erróneos en sus pantallas.",
    "happening_fr": "Ceci est un exercice. Les opérateurs de trois îles voient de faux niveaux sur leurs écrans.",
    "happening_pt_br": "Isto é um exercício. Operadores de três ilhas veem níveis errados em suas telas.",
    "to_do_en": "Say within two hours whom you would call.",
    "rsit": ["availability", "sabotage"],
    "is_exercise": True,
}
TOKENS: dict[str, Any] = {
    "kind": "warning",
    "language": "es",
    "title_es": "Venta de credenciales de un ministerio en un foro",
    "title_en": "Credentials of a ministry on sale in a forum",
    "happening_es": "Un vendedor ofrece 400 contraseñas. Ocho son válidas. Que el Programa avise sin nombrarnos.",
    "happening_en": "A seller offers 400 passwords. Eight are valid. We ask the programme to warn without naming us.",
    "rsit": ["information-content-security", "data-leak"],
}
