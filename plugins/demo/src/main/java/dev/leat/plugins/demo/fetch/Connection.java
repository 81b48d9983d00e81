package dev.leat.plugins.demo.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection for one request.
 *
 * @param tcp the connection itself
 * @param socket what is spoken over: TLS, or {@code tcp} again
 */
record Connection(Socket tcp, Socket socket) implements Closeable {

    /** Sends the request, and gives the stream on which the answer comes. */
    InputStream send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket.getInputStream();
    }

    /** Hangs up, without the goodbye of TLS, for which the other side could make us wait. */
    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
