/**
 * The certificate of the listeners: reads it, checks it, and notices when its files are renewed. Knows files and PEM;
 * knows no listener and nothing of what is spoken behind it.
 */
package io.parley.tls;
