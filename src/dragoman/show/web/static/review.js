// The review by keyboard: each key presses the button or follows the link that shows it.
"use strict";

document.addEventListener("keydown", function (event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (event.key === "Escape") {
    // Out of a field first, then out of the form.
    const open = at && at.closest ? at.closest("details[open]") : null;
    if (at && at !== document.body) at.blur();
    if (open && !/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) open.open = false;
    return;
  }
  if (at && (at.isContentEditable || /^(TEXTAREA|SELECT)$/.test(at.tagName))) return;
  if (at && at.tagName === "INPUT" && at.type !== "checkbox") return;
  const key = event.key.toLowerCase();
  if (!/^[a-z1-9]$/.test(key)) return;
  const target = document.querySelector('[data-key="' + key + '"]');
  if (!target) return;
  // What lies in a closed part has not been seen: its keys do nothing.
  if (target.dataset.in && !document.getElementById(target.dataset.in).open) return;
  event.preventDefault();
  if (target.tagName === "SUMMARY") {
    const details = target.parentElement;
    details.open = !details.open;
    if (details.open) {
      const first = details.querySelector("form input:not([type=hidden]), form select, form button");
      if (first) first.focus();
      details.scrollIntoView({ block: "nearest" });
    }
    return;
  }
  target.click();
});
