// A real provider of identity for the browser tests: `node provider.mjs SETTINGS`, where SETTINGS is JSON on one line.
// It keeps everything in memory, and asks for two factors by two fields. Prints "ready" when it answers.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { port, client, people } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const provider = new Provider(issuer, {
  clients: [client],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "today", use: "sig", alg: "RS256" }] },
  claims: { openid: ["sub", "groups", "name", "amr", "auth_time"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  interactions: { url: (_context, { uid }) => `/hello/${uid}` },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
  cookies: { keys: ["only for tests"] },
  // consent is the municipality's own: whoever signs in has given it
  loadExistingGrant: async (context) => {
    const grant = new context.oidc.provider.Grant({ clientId: client.client_id, accountId: context.oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});

const page = (uid) => `<!doctype html><html lang="en"><head><title>Provider</title></head><body><main><h1>Provider</h1>
<form method="post" action="/hello/${uid}"><label>Subject <input name="subject"></label>
<label>Code <input name="code"></label><button>Continue</button></form>
<form method="post" action="/hello/${uid}"><input type="hidden" name="cancel" value="1"><button>Cancel</button></form></main></body></html>`;

const read = async (request) => {
  let body = "";
  for await (const part of request) body += part;
  return new URLSearchParams(body);
};

const hello = async (request, response) => {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    return response.end(page(uid));
  }
  const form = await read(request);
  const result = form.has("cancel")
    ? { error: "access_denied" }
    : { login: { accountId: form.get("subject"), amr: form.get("code") ? ["pwd", "mfa"] : ["pwd"] } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
};

const callback = provider.callback();
createServer((request, response) => {
  const answer = request.url.startsWith("/hello/") ? hello(request, response) : callback(request, response);
  Promise.resolve(answer).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}).listen(port, "127.0.0.1", () => console.log("ready"));
