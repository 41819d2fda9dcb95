/**
 * Installs what is missing, and only that: packages, with `--browser` a Chromium for the
 * tests, with `--postgres` a PostgreSQL to compare with.
 * Plain JavaScript without imports of packages, since it runs before there are any.
 */
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
process.chdir(fileURLToPath(root));

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`Node.js is ${process.versions.node}, expected 20.19 or newer`);
}
if (packagesAreMissing()) run("npm", ["ci", "--no-audit", "--no-fund"]);
if (process.argv.includes("--browser") && !hasBrowser()) installBrowser();
if (process.argv.includes("--postgres") && !existsSync("/usr/lib/postgresql")) {
  run("apt-get", ["update", "-q"]);
  run("apt-get", ["install", "-q", "-y", "--no-install-recommends", "postgresql"]);
}

function packagesAreMissing() {
  const installed = "node_modules/.package-lock.json";
  return (
    !existsSync(installed) || statSync(installed).mtimeMs < statSync("package-lock.json").mtimeMs
  );
}

function hasBrowser() {
  if (existsSync("/usr/bin/chromium") || existsSync("/usr/bin/chromium-browser")) return true;
  const { chromium } = createRequire(import.meta.url)("playwright");
  return existsSync(chromium.executablePath());
}

function installBrowser() {
  const isDebianRoot = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;
  try {
    if (isDebianRoot) {
      run("apt-get", ["update", "-q"]);
      run("apt-get", ["install", "-q", "-y", "--no-install-recommends", "chromium"]);
    } else {
      run("npx", ["playwright", "install", "chromium"]);
    }
  } catch (error) {
    stop(
      `no browser for the tests could be installed (${error.message}); install Chromium and try again`,
    );
  }
}

function run(command, args) {
  console.log(`> ${command} ${args.join(" ")}`);
  execFileSync(command, args, { stdio: "inherit" });
}

function stop(reason) {
  console.error(`prepare: ${reason}`);
  process.exit(1);
}
