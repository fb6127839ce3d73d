// The page before all others. The address stays, so signing in leads where somebody wanted to go.
import { SignInForm } from "./SignInForm";
import "./sign-in.css";

export function SignIn({ title }: { title: string }) {
  return (
    <main class="sign-in" id="content">
      <div class="sign-in-card">
        <h1>{title}</h1>
        <SignInForm />
      </div>
    </main>
  );
}
