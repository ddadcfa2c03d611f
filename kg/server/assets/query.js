// The query editor: YASGUI with our named queries, our prefixes and terms; it asks this server and nobody else.
"use strict";

(async () => {
  const known = await (await fetch("/query/known.json")).json();
  const endpoint = new URL("/sparql", location.href).href;
  const first = known.queries.find((query) => query.name === "models") ?? known.queries[0];
  const status = document.getElementById("status");

  // Completion knows our prefixes, properties and classes; the library's own would ask other servers.
  const { Yasqe } = Yasgui;
  const terms = (names) => names.map((name) => known.prefixes.kg + name);
  const complete = (of, name, list) =>
    Yasqe.forkAutocompleter(of, { name, bulk: true, persistenceId: null, get: () => list }, false);
  complete("prefixes", "our-prefixes", Object.entries(known.prefixes).map(([name, iri]) => `${name}: <${iri}>`));
  complete("property", "our-properties", terms(known.properties));
  complete("class", "our-classes", terms(known.classes));

  // Numbers without their datatype, names without brackets; a switch beside the table shows them in full.
  Yasgui.Yasr.defaults.plugins.table.dynamicConfig = { compact: true, isEllipsed: true, pageSize: 50 };

  const yasgui = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [] },
    persistenceId: `kg ${endpoint}`,
    yasqe: {
      value: first.text,
      prefixCcApi: null,
      createShortLink: undefined,
      autocompleters: ["our-prefixes", "our-properties", "our-classes", "variables"],
    },
    yasr: { prefixes: known.prefixes },
  });

  const show = (name, text) => {
    const open = Object.values(yasgui._tabs).find((tab) => tab.getName() === name && tab.getQuery() === text);
    const tab = open ? yasgui.selectTabId(open.getId()) : yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name });
    if (!open) tab.setQuery(text);
    tab.query().catch(() => {}); // the answer's own part of the page says what is wrong
  };

  const list = document.querySelector("#examples ul");
  for (const query of known.queries) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(Object.assign(document.createElement("b"), { textContent: query.name }), query.help);
    button.addEventListener("click", () => show(query.name, query.text));
    list.appendChild(document.createElement("li")).append(button);
  }
  document.getElementById("find").addEventListener("input", (event) => {
    const wanted = event.target.value.toLowerCase();
    for (const item of list.children) item.hidden = !item.textContent.toLowerCase().includes(wanted);
  });
  document.querySelector("#endpoint code").textContent = endpoint;

  // An IRI of ours leads to what the graph says of it, here; nothing else is at its address.
  document.getElementById("editor").addEventListener("click", (event) => {
    const link = event.target.closest("a.iri");
    if (!link || !link.href.startsWith(known.things) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const name = link.href.slice(known.things.length);
    show(name.replace(/^[^/]*\//, ""), `# What the graph says of ${name}\nDESCRIBE <${link.href}>\n`);
  });

  // YASGUI's parts that have no name for those who cannot see them.
  const names = { ".yasqe textarea": "Query", ".tableSizer": "Rows on a page", ".tableFilter": "Filter the rows" };
  const name = () => {
    for (const [part, text] of Object.entries(names))
      for (const element of document.querySelectorAll(part)) element.setAttribute("aria-label", text);
    for (const button of document.querySelectorAll("button[title]:not([aria-label])")) button.setAttribute("aria-label", button.title);
  };
  new MutationObserver(name).observe(document.getElementById("editor"), { childList: true, subtree: true });
  name();

  // What came of a query, for those who listen, and whether the server cut it. The library tells before it shows.
  const cut = Object.assign(document.createElement("p"), { id: "cut", hidden: true });
  const said = (tab) => {
    const results = tab.getYasr()?.results;
    const rows = results?.getBindings()?.length;
    const most = results?.res?.headers?.get("X-SPARQL-Truncated") && results.res.headers.get("X-SPARQL-MaxRows");
    status.textContent = results?.getError() ? "The query failed." : rows === undefined ? "Answered." : `${rows} rows.`;
    cut.textContent = most ? `There is more: this server gives at most ${Number(most).toLocaleString("en")} rows or triples of an answer.` : "";
    cut.hidden = !most;
    document.querySelector(".yasgui .tabPanel.active .yasr")?.before(cut);
  };
  yasgui.on("queryResponse", (_, tab) => setTimeout(said, 0, tab));
  yasgui.on("tabSelect", () => { cut.hidden = true; });

  const opened = yasgui.getTab();
  if (opened && !opened.getYasr()?.results) opened.query().catch(() => {});
})();
