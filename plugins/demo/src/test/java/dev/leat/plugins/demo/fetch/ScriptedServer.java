package dev.leat.plugins.demo.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers one request with the given bytes, whatever they are, and hangs up. */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket server;

    ScriptedServer(String answer) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        Thread.startVirtualThread(() -> answer(answer));
    }

    private void answer(String answer) {
        try (Socket socket = server.accept()) {
            // Unread bytes of the request would turn the hanging up into a reset, and the answer could be lost.
            for (int seen = 0; seen < 4;) {
                int next = socket.getInputStream().read();
                seen = next == "\r\n\r\n".charAt(seen) ? seen + 1 : 0;
            }
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
        } catch (IOException e) {
            // The client has hung up first, as it should where the answer is too long.
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
