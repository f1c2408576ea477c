"""What two teams of the sample say of themselves: invented, as everything here is."""

from typing import Any

CHILE: dict[str, dict[str, str]] = {
    "mission": {
        "es": "Prevenir incidentes en los organismos del Estado, coordinar la respuesta y ayudar a recuperarse.",
        "en": "To prevent incidents in public bodies, to coordinate the response and to help them recover.",
        "fr": "Prévenir les incidents dans les organismes publics, coordonner la réponse et aider au rétablissement.",
        "pt_br": "Prevenir incidentes nos órgãos públicos, coordenar a resposta e ajudar na recuperação.",
    },
    "constituency": {
        "es": "- los ministerios y sus servicios\n- las municipalidades\n- los servicios esenciales",
        "en": "- the ministries and the services that depend on them\n- the municipalities\n- essential services",
    },
    "authority": {
        "es": "El equipo aconseja; a los servicios esenciales puede pedirles que informen.",
        "en": "The team advises; it may ask essential services to report.",
    },
    "incident_types": {
        "es": "Atendemos todos los incidentes; primero los que afectan a servicios esenciales.",
        "en": "We handle all incidents, those that touch essential services first.",
    },
    "cooperation": {
        "es": "Compartimos según TLP 2.0. Sin etiqueta, la información se trata como TLP:AMBER+STRICT.",
        "en": "We share by TLP 2.0. Without a label, information is handled as TLP:AMBER+STRICT.",
    },
    "triage": {"es": "Confirmamos cada aviso en un día hábil.", "en": "We confirm every report within a working day."},
    "disclaimers": {"es": "Texto inventado para la prueba.", "en": "A text invented for the trial."},
}
JAMAICA: dict[str, dict[str, str]] = {
    "mission": {"en": "To help public bodies and essential services prevent incidents and live through them."},
    "constituency": {"en": "Public bodies, essential services, and the general public for advice."},
}
PROFILES: dict[str, dict[str, Any]] = {
    "chile-national": {"texts": CHILE, "address": "Calle de Ejemplo 100\nSantiago, Chile", "is_published": True},
    "jamaica-national": {"texts": JAMAICA, "address": "1 Sample Street\nKingston, Jamaica", "is_published": False},
}
