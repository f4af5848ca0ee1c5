export type Example = "python" | "node" | "php";

export const EXAMPLES: readonly { value: Example; label: string }[] = [
  { value: "python", label: "Python" },
  { value: "node", label: "Node" },
  { value: "php", label: "PHP" },
];

/** Code for a site's own server that signs who is logged in there (RFC 7519, HS256). */
export function example(language: Example, site: string): string {
  switch (language) {
    case "python":
      return `import time, jwt  # PyJWT

token = jwt.encode(
    {
        "sub": str(user.id),
        "aud": "${site}",
        "exp": int(time.time()) + 3600,
        "name": user.name,
        "email": user.email,
    },
    KELL_SECRET,
    algorithm="HS256",
)`;
    case "node":
      return `import jwt from "jsonwebtoken";

const token = jwt.sign(
  { name: user.name, email: user.email },
  process.env.KELL_SECRET,
  { subject: String(user.id), audience: "${site}", expiresIn: "1h" },
);`;
    case "php":
      return `use Firebase\\JWT\\JWT;

$token = JWT::encode([
    'sub' => (string) $user->id,
    'aud' => '${site}',
    'exp' => time() + 3600,
    'name' => $user->name,
    'email' => $user->email,
], $_ENV['KELL_SECRET'], 'HS256');`;
  }
}
