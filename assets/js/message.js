// A sentence at the form that says what is wrong.

import { create, setText, show } from "./page/dom.js";

export function attach(element, { props, watch }) {
  const sentence = create("p", { classes: "form-message", attributes: { role: "alert" } });
  element.append(sentence);
  const update = () => {
    setText(sentence, props.value || "");
    show(sentence, Boolean(props.value));
  };
  watch("value", update);
  update();
}
