// Small comforts. Every page works without this file.
(() => {
  "use strict";

  // The error summary takes focus when a form comes back with errors.
  const focusErrors = (root) => {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  };

  // Copy buttons are shown only where they work.
  const showCopyButtons = (root) => {
    if (!navigator.clipboard) return;
    for (const button of root.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
  };

  // A frame that needs no scrolling need not be a stop for the keyboard; one that comes to need it, by zoom, must be.
  const quietFrames = (root) => {
    for (const frame of root.querySelectorAll(".varig-table-frame, .varig-drawing")) {
      if (!frame.clientWidth || frame === document.activeElement) continue;
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    }
  };

  addEventListener("resize", () => quietFrames(document));

  const dress = (root) => {
    focusErrors(root);
    showCopyButtons(root);
    quietFrames(root);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const words = button.textContent;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.setAttribute("aria-live", "polite");
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = words; }, 2000);
  });

  // The second press of a send button is dropped; the server refuses it too.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    // A download leaves the page standing: let the form be sent again.
    setTimeout(() => { release(form); }, 8000);
  });

  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };

  // Coming back by the browser's back button finds the form ready.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) release(form);
  });

  document.addEventListener("htmx:afterSwap", (event) => dress(event.detail.target.parentElement || document));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest("form");
    if (form) release(form);
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => dress(document));
  else dress(document);
})();
