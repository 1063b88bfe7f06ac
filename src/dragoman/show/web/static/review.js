// The review by keyboard: each key presses the button or follows the link that shows it.
"use strict";

document.addEventListener("keydown", function (event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) {
    if (event.key === "Escape") at.blur();
    return;
  }
  const key = event.key.toLowerCase();
  if (!/^[arujkes]$/.test(key)) return;
  const target = document.querySelector('[data-key="' + key + '"]');
  if (!target) return;
  event.preventDefault();
  if (target.tagName === "SUMMARY") {
    const details = target.parentElement;
    details.open = !details.open;
    if (details.open) {
      const first = details.querySelector("input:not([type=hidden]), select, button");
      if (first) first.focus();
    }
    return;
  }
  target.click();
});
