// Ends the session at the backend and goes where it says, or to the front door.
import { post } from '../api/client.ts';

export async function signOut(): Promise<void> {
  const answer = await post<{ readonly location?: string }>('/auth/sign-out').catch(() => ({ location: '/' }));
  window.location.assign(answer.location ?? '/');
}
