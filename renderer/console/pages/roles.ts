export const ROLES = [
  { role: 'viewer', words: 'Viewer: looks' },
  { role: 'manager', words: 'Manager: answers alerts, puts counts right, places signs' },
  { role: 'admin', words: 'Admin: describes stores and lets people in' },
] as const;
