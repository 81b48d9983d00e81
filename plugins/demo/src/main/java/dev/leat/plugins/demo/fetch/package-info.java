/**
 * The job type {@code url-fetch}, and what keeps it from being a way into the network in which the worker stands.
 *
 * <p>A URL comes from whoever may submit jobs, and leads where its host's DNS and its server's redirects say. So each hop
 * is resolved once, all addresses that come are checked, and the connection goes to one of these very addresses. {@link
 * java.net.http.HttpClient} cannot do this: it resolves the name again by itself when it connects, and by then DNS may
 * give another address. Hooking into the resolver ({@link java.net.spi.InetAddressResolverProvider}) would do it to the
 * whole worker. What is left to do over a socket of our own is one GET with {@code Connection: close} and a body that is
 * counted and thrown away; TLS, with the host's name in SNI and checked against the certificate, is the JDK's.
 */
@NullMarked
package dev.leat.plugins.demo.fetch;

import org.jspecify.annotations.NullMarked;
