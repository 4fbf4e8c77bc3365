// Says of each fold of its row whether it is open: Gradio only shows it to the eye.

export function attach(element) {
  const folds = element.closest(".folds");
  const tell = () => {
    for (const button of folds.querySelectorAll(".label-wrap")) {
      button.setAttribute("aria-expanded", String(button.classList.contains("open")));
      button.querySelector(".icon").setAttribute("aria-hidden", "true");
    }
  };
  new MutationObserver(tell).observe(folds, { subtree: true, childList: true, attributeFilter: ["class"] });
  tell();
}
