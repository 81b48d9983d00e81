package dev.leat.plugins.demo.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connects to hosts, but only to allowed addresses: no connection is opened to an address that was not checked, for each
 * name is looked up once, and never past this class. Thread-safe.
 */
final class Connector {

    /** So that one address that swallows packets leaves time for the next. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private final HostLookup lookup;
    private final Predicate<InetAddress> allowed;
    private final Supplier<SSLSocketFactory> tls;

    /**
     * @param allowed which addresses may be connected to
     * @param tls asked at each use, for reading the trusted certificates takes time that not every worker needs to spend
     */
    Connector(HostLookup lookup, Predicate<InetAddress> allowed, Supplier<SSLSocketFactory> tls) {
        this.lookup = lookup;
        this.allowed = allowed;
        this.tls = tls;
    }

    /**
     * Opens a connection, TLS included.
     *
     * @throws IOException if that cannot be done, or one of the host's addresses is not allowed
     * @throws InterruptedException if the thread is interrupted while the host is looked up; later, an IOException says
     *     so, and the thread stays interrupted
     */
    Connection connect(Target target) throws IOException, InterruptedException {
        List<InetAddress> addresses = lookup.addresses(target.host());
        if (!addresses.stream().allMatch(allowed)) {
            // Which addresses these are is nobody's business: names of inner networks are resolved here, too.
            throw new FetchException(
                    "Expected a host with public addresses alone, but %s has one that is private, loopback or reserved (the worker can allow them with %s=true)"
                            .formatted(FetchException.quoted(target.host()), UrlFetch.ALLOW_PRIVATE));
        }
        Socket tcp = open(addresses, target);
        try {
            return new Connection(tcp, target.secure() ? secured(tcp, target) : tcp);
        } catch (IOException | RuntimeException e) {
            tcp.close();
            throw e;
        }
    }

    private static Socket open(List<InetAddress> addresses, Target target) throws IOException {
        String problem = "";
        for (InetAddress address : addresses) {
            // A proxy would look the name up by itself.
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(address, target.port()), (int) CONNECT_TIMEOUT.toMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
                problem = String.valueOf(e.getMessage());
            }
        }
        throw new FetchException("Expected a connection to %s, port %d, but: %s"
                .formatted(FetchException.quoted(target.host()), target.port(), problem));
    }

    private SSLSocket secured(Socket tcp, Target target) throws IOException {
        SSLSocket socket = (SSLSocket) tls.get().createSocket(tcp, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
