/** JUnit XML, the form that CI systems read. */
import type { TestResult } from "./records.js";

/** Writes results as one JUnit document, a `testsuite` per file and suite, in the order given. Times are in seconds. */
export function toJUnit(results: readonly TestResult[]): string {
  const groups = new Map<string, TestResult[]>();
  for (const result of results) {
    const title = `${result.file} ${result.suite}`.trim();
    const group = groups.get(title) ?? [];
    group.push(result);
    groups.set(title, group);
  }
  const suites = [...groups].map(([title, group]) => suiteElement(title, group)).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts(results)}>\n${suites}</testsuites>\n`;
}

function suiteElement(title: string, group: readonly TestResult[]): string {
  const cases = group.map((result) => caseElement(title, result)).join("");
  return `  <testsuite name="${escapeXml(title)}" ${counts(group)}>\n${cases}  </testsuite>\n`;
}

function counts(results: readonly TestResult[]): string {
  const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length;
  const time = results.reduce((sum, result) => sum + result.milliseconds, 0) / 1000;
  return `tests="${results.length}" failures="${count("failed")}" skipped="${count("skipped")}" time="${time.toFixed(3)}"`;
}

function caseElement(title: string, result: TestResult): string {
  const head = `    <testcase classname="${escapeXml(title)}" name="${escapeXml(result.test)}" time="${(result.milliseconds / 1000).toFixed(3)}"`;
  if (result.outcome === "passed") return `${head}/>\n`;
  if (result.outcome === "skipped") {
    return `${head}>\n      <skipped message="${escapeXml(result.reason ?? "")}"/>\n    </testcase>\n`;
  }
  const faults = result.faults.map(({ message, details = "", stack }) => {
    const text = escapeXml([details, ...stack].filter((line) => line !== "").join("\n"));
    return `      <failure message="${escapeXml(message)}">${text}</failure>\n`;
  });
  return `${head}>\n${faults.join("")}    </testcase>\n`;
}

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

/** Escapes markup and replaces the control characters and lone surrogates that XML 1.0 cannot hold. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"\n]/g, (character) => NAMED[character] ?? character);
}
