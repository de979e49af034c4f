/** The database's name in the data folder. */
export const DATABASE = 'theta.db';
