import { html } from 'hono/html'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { brand } from './frame.ts'

/** The form that asks for the password. @param alert what went wrong last time, or null */
export function loginMain(links: Links, next: string, alert: string | null): Html {
  const described = alert === null ? null : html` aria-describedby="alert" aria-invalid="true"`
  return html`${brand(null)}
<form action="${links.login}" method="post">
<h1>Log in</h1>
<input type="hidden" name="next" value="${next}">
<label class="unseen">Name <input type="text" name="name" value="owner" autocomplete="username" readonly tabindex="-1"></label>
${alert === null ? null : html`<p role="alert" id="alert">${alert}</p>`}
<label>Password <input type="password" name="password" required autocomplete="current-password" autofocus${described}></label>
<button type="submit">Log in</button>
</form>
<p class="muted small">Logging in keeps one cookie, on your device only, until you log out. Visitors of your sites never get one.</p>`
}

/** What stands in its place while no password is set. */
export function keyOnlyMain(wrongKey: boolean): Html {
  return html`${brand(null)}
<h1>${wrongKey ? 'This link has expired' : 'Open the link with the key'}</h1>
<p>No password is set yet. <code>headcount serve</code> printed a link with a key when it started; that link opens the dashboard, and a new start makes a new one.</p>
<p>To log in with a password instead, run <code>headcount password</code> where the data is.</p>`
}
