package dev.leat.e2e.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Ports for servers that come back on the same one. They lie below those that systems give to outgoing connections: one
 * of these could take the port of a server that is down, or connect to itself.
 */
final class FreePorts {

    private static final int LOWEST = 10_000;
    private static final int BOUND = 32_000;

    private FreePorts() {}

    /** As many different ports of loopback as are asked for; nobody has them now. */
    static List<Integer> find(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            while (held.size() < count) {
                hold(RandomGenerator.getDefault().nextInt(LOWEST, BOUND), held);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static void hold(int port, List<ServerSocket> held) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            held.add(socket);
        } catch (IOException taken) {
            socket.close();
        }
    }
}
