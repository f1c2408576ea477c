from member_states.models import MemberState


def by_alpha2() -> dict[str, str]:
    """The names of the member states in the reader's language, in its order (settings.COUNTRY_NAMES)."""
    return {state.alpha2: state.name for state in MemberState.objects.in_order()}
