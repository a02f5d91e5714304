// Looks at the page as a person does: what is shown, what it is for, and what it is called.
const [verb, ...given] = arguments;

const ROLES = {
  button: "button, [role=button], input[type=button], input[type=submit], summary",
  link: "a[href], [role=link]",
  field:
    "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]):not([type=hidden]), textarea, [role=textbox], [contenteditable=true]",
  checkbox: "input[type=checkbox], [role=checkbox], [role=switch]",
  select: "select, [role=combobox], [role=listbox]",
  radio: "input[type=radio], [role=radio]",
  status: "[role=status], output",
  dialog: "dialog[open], [role=dialog]",
  heading: "h1, h2, h3, [role=heading]",
  group: "section, aside, form, fieldset, nav, figure, [role=region], [role=group], [role=log]",
};
const ROWS = "tr, li, article, [role=row], [role=listitem], [role=article]";

const tidy = (text) => (text ?? "").replace(/[\s\u00a0\u202f]+/g, " ").trim();

function isShown(element) {
  if (element.closest("[hidden], [inert], [aria-hidden=true]")) return false;
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

// The words inside an element, without what is only drawn there.
function words(element) {
  if (element.nodeType === Node.TEXT_NODE) return element.data;
  if (element.nodeType !== Node.ELEMENT_NODE) return "";
  if (element.matches("[aria-hidden=true], [hidden], script, style")) return "";
  const label = element.getAttribute("aria-label");
  if (label) return label;
  if (element.matches("input, select, textarea")) return "";
  if (element.matches("img")) return element.alt;
  const inline = getComputedStyle(element).display.startsWith("inline");
  const inner = [...element.childNodes].map(words).join("");
  return inline ? inner : ` ${inner} `;
}

function nameOf(element) {
  const by = element.getAttribute("aria-labelledby");
  if (by) return tidy(by.split(/\s+/).map((id) => words(document.getElementById(id) ?? document.createTextNode(""))).join(" "));
  if (element.getAttribute("aria-label")) return tidy(element.getAttribute("aria-label"));
  if (element.labels?.length) return tidy([...element.labels].map(words).join(" "));
  const inner = element.matches("input, select, textarea") ? "" : tidy(words(element));
  return inner || tidy(element.value && element.matches("[type=button], [type=submit]") ? element.value : element.title);
}

function shown(role, root = document) {
  return [...root.querySelectorAll(ROLES[role])].filter(isShown);
}

// The smallest shown rows that hold every one of some words.
function rows(wanted) {
  const held = [...document.querySelectorAll(ROWS)].filter(
    (row) => isShown(row) && wanted.every((word) => tidy(row.innerText).includes(word)),
  );
  return held.filter((row) => !held.some((other) => other !== row && row.contains(other)));
}

// The part of a table that is scrolled, where not all of it fits.
function scrolled(table) {
  return [table, ...table.querySelectorAll("*")].find((part) => isCut(part));
}

// Whether there is more in an element than can be seen of it without scrolling.
function isCut(element) {
  const scrolls = ["auto", "scroll"].includes(getComputedStyle(element).overflowY);
  return scrolls && element.scrollHeight > element.clientHeight + 1;
}

function table(name) {
  return [...document.querySelectorAll("[role=table], [role=grid]")].find((found) => isShown(found) && nameOf(found) === name);
}

// The name of what has the focus: the page itself has none.
function focus() {
  const at = document.activeElement;
  return at && at !== document.body ? nameOf(at) : "";
}

const verbs = {
  // The shown controls of a role with a name: of the whole page, or of the row with some words.
  find: (role, name, within) =>
    (within ? rows(within) : [document])
      .flatMap((root) => shown(role, root))
      .filter((element) => nameOf(element) === name),
  rows,
  // The words of each of those rows.
  told: (wanted) => rows(wanted).map((row) => tidy(row.innerText)),
  // What the shown controls of a role are called.
  names: (role) => shown(role).map(nameOf),
  // Whether some words are said together, politely or as an alarm.
  announced: (wanted) =>
    [...document.querySelectorAll("[aria-live], [role=status], [role=alert], output")].some(
      (region) => isShown(region) && wanted.every((word) => tidy(region.innerText).includes(word)),
    ),
  // The rows that a long table has drawn, each with its place, and how many there are in all.
  drawn: (name) => {
    const found = table(name);
    const drawn = found ? [...found.querySelectorAll("[role=row]")].filter(isShown) : [];
    return {
      rows: drawn.map((row) => [Number(row.getAttribute("aria-rowindex")), tidy(row.innerText)]),
      of: Number(found?.getAttribute("aria-rowcount") ?? 0),
    };
  },
  // Scrolls a long table on by half of what is seen of it, and from its end to its beginning: rows that were
  // not drawn in time come by again.
  further: (name) => {
    const part = scrolled(table(name));
    if (!part) return;
    const atEnd = part.scrollTop + part.clientHeight >= part.scrollHeight - 1;
    const top = atEnd ? 0 : part.scrollTop + part.clientHeight / 2;
    part.scrollTo({ top, behavior: "instant" });
  },
  says: (sentence) => tidy(document.body.innerText).includes(sentence),
  text: () => tidy(document.body.innerText),
  inner: (element) => tidy(element.innerText),
  // Scrolls an element's page until its upper edge stands this far below the window's lower one.
  lower: (element, pixels) => {
    let page = element.parentElement;
    while (page && !isCut(page)) page = page.parentElement;
    if (page) page.scrollTop += element.getBoundingClientRect().top - innerHeight - pixels;
  },
  value: (element) => element.value ?? "",
  checked: (element) => element.checked ?? element.getAttribute("aria-checked") === "true",
  focused: () => focus(),
  options: (element) => [...element.options].map((option) => tidy(option.textContent)),
  option: (element, name) => [...element.options].find((option) => tidy(option.textContent) === name) ?? null,
  // What fits into the window without scrolling: the number of pixels that do not.
  hidden_below: () => {
    const page = document.scrollingElement;
    return Math.max(0, page.scrollHeight - page.clientHeight);
  },
  // The parts of the form that hide something until they are scrolled.
  cut_in_form: () =>
    [...document.querySelectorAll("form, form *")]
      .filter((part) => isShown(part) && isCut(part))
      .map((part) => nameOf(part).slice(0, 40) || part.className),
  // Nothing moves any more, and the letters have their faces.
  at_rest: () =>
    document.fonts.status === "loaded" && !document.getAnimations().some((moves) => moves.playState === "running"),
  size: () => [innerWidth, innerHeight],
  // Everything that a report about a failure needs.
  screen: () =>
    JSON.stringify({
      text: tidy(document.body.innerText).slice(0, 3000),
      focus: focus(),
      controls: ["button", "link", "field", "checkbox", "select"].flatMap((role) =>
        shown(role).map((element) => `${role} “${nameOf(element)}”${element.disabled ? " (off)" : ""}`),
      ),
    }),
};

return verbs[verb](...given);
