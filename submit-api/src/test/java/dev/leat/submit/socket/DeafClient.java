package dev.leat.submit.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that reads the server's handshake and then nothing more. */
final class DeafClient implements AutoCloseable {

    private static final int BUFFER = 4_096;

    private final Socket socket;

    private DeafClient(Socket socket) {
        this.socket = socket;
    }

    static DeafClient connect(URI uri) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(BUFFER);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream().write("""
                GET %s HTTP/1.1\r
                Host: %s:%d\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """.formatted(uri.getPath(), uri.getHost(), uri.getPort()).getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        byte[] status = in.readNBytes("HTTP/1.1 101".length());
        if (!new String(status, StandardCharsets.US_ASCII).endsWith("101")) {
            throw new IOException("Expected to be let in, but got " + new String(status, StandardCharsets.US_ASCII));
        }
        return new DeafClient(socket);
    }

    /** Whether it has left the connection open on its side. */
    boolean isConnected() {
        return !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
