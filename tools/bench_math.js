// Converts the formulas on standard input ([[tex, display], …]) with MathJax, KaTeX and Temml, and times each.
const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));

function mathjax() {
  const base = "mathjax-full/js/";
  const { mathjax } = require(base + "mathjax.js");
  const { TeX } = require(base + "input/tex.js");
  const { liteAdaptor } = require(base + "adaptors/liteAdaptor.js");
  const { RegisterHTMLHandler } = require(base + "handlers/html.js");
  const { SerializedMmlVisitor } = require(base + "core/MmlTree/SerializedMmlVisitor.js");
  const { STATE } = require(base + "core/MathItem.js");
  require(base + "input/tex/AllPackages.js");
  RegisterHTMLHandler(liteAdaptor());
  const visitor = new SerializedMmlVisitor();
  const packages = "base ams newcommand boldsymbol braket cancel cases color enclose extpfeil gensymb amscd bbox unicode";
  const input = new TeX({
    packages: packages.split(" "), ignoreDuplicateLabels: true, formatError: (_, error) => { throw error; },
  });
  const page = mathjax.document("", { InputJax: input });
  return (tex, display) => {
    input.reset();
    return visitor.visitTree(page.convert(tex, { display, end: STATE.CONVERT }));
  };
}

function katex() {
  const katex = require("katex");
  return (tex, displayMode) => {
    const html = katex.renderToString(tex, { displayMode, output: "mathml", throwOnError: true, strict: "ignore" });
    return html.replace(/^<span[^>]*>/, "").replace(/<\/span>$/, "");
  };
}

function temml() {
  const temml = require("temml");
  return (tex, displayMode) => temml.renderToString(tex, { displayMode, xml: true, throwOnError: true });
}

const results = [];
for (const [name, make] of [["MathJax", mathjax], ["KaTeX", katex], ["Temml", temml]]) {
  const convert = make();
  const start = process.hrtime.bigint();
  const mathml = formulas.map(([tex, display]) => {
    try { return convert(tex, display); } catch { return null; }
  });
  results.push({ name, seconds: Number(process.hrtime.bigint() - start) / 1e9, mathml });
}
process.stdout.write(JSON.stringify(results));
