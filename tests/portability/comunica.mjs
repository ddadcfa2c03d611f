// Asks a Turtle file each query of a folder in Comunica: node comunica.mjs MODULES GRAPH.ttl QUERIES ANSWERS
// Writes ANSWERS/NAME.json, SPARQL 1.1 Query Results JSON.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, graph, queries, answers] = process.argv.slice(2);
const { QueryEngine } = createRequire(resolve(modules, "index.js"))("@comunica/query-sparql-file");
const engine = new QueryEngine();
const context = { sources: [{ type: "file", value: resolve(graph) }] };

for (const file of readdirSync(queries).filter((name) => name.endsWith(".rq")).sort()) {
  const result = await engine.query(readFileSync(join(queries, file), "utf8"), context);
  const { data } = await engine.resultToString(result, "application/sparql-results+json");
  const parts = [];
  for await (const part of data) parts.push(part);
  writeFileSync(join(answers, file.replace(/rq$/, "json")), parts.join(""));
}
