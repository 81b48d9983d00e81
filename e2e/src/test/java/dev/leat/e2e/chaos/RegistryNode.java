package dev.leat.e2e.chaos;

import java.nio.file.Path;
import java.util.List;

import dev.leat.e2e.JvmProcess;
import dev.leat.embedded.EmbeddedRegistry;
import dev.leat.embedded.RegistryOptions;

/** The schema registry, as a process. */
public final class RegistryNode extends JvmProcess {

    private static final int HEAP = 128;

    /** Starts nothing yet. */
    RegistryNode(Path folder, int port, String bootstrapServers) {
        super(folder.resolve("registry.log"), RegistryNode.class.getName(), HEAP,
                List.of(bootstrapServers, String.valueOf(port)));
    }

    /** Runs the registry until it is told to stop: bootstrap servers, port. */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedRegistry registry = EmbeddedRegistry
                .start(RegistryOptions.on(arguments[0]).withPort(Integer.parseInt(arguments[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(registry::close));
        System.out.println("Registry is ready at " + registry.url());
        Thread.currentThread().join();
    }
}
