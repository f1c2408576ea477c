// What every page may have. Each works without script: this only makes it pleasanter.
import { closeMenuWhenWide } from "./menu.js";
import { startThemeChoice } from "./theme_choice.js";
import { focusErrorSummary } from "./errors.js";
import { startShowPassword } from "./password.js";
import { startSharedChoice, startWaitingNotes } from "./shared.js";
import { startSearchKey } from "./search.js";
import { forgetAllAtSignOut, forgetPosted } from "./unsent.js";

closeMenuWhenWide();
startThemeChoice();
focusErrorSummary(document);
forgetPosted();
forgetAllAtSignOut();
startSharedChoice();
startShowPassword();
startWaitingNotes();
startSearchKey();
document.addEventListener("htmx:afterSettle", (event) => {
  focusErrorSummary(event.target);
});
