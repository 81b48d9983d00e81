package dev.leat.submit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP hop to a server that can be told to swallow the server's answers while requests still get through. */
final class MutableWire implements AutoCloseable {

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int serverPort;
    private volatile boolean muted;

    private MutableWire(ServerSocket listener) {
        this.listener = listener;
    }

    /** Listens on a free port of loopback. */
    static MutableWire open() {
        try {
            MutableWire wire = new MutableWire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    void connectTo(int port) {
        serverPort = port;
    }

    void muteAnswers(boolean mute) {
        muted = mute;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                open.add(server);
                Thread.ofVirtual().start(() -> carry(client, server, false));
                Thread.ofVirtual().start(() -> carry(server, client, true));
            } catch (IOException e) {
                // The wire was closed, or the server is not there: the client sees its connection end.
            }
        }
    }

    private void carry(Socket from, Socket to, boolean answers) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!(answers && muted)) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One side is gone; the other is closed with it.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
