package dev.leat.testkit;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link KafkaCluster} as parameter of constructors, lifecycle and test methods:
 *
 * <pre>{@code
 * @Tag("broker")
 * @ExtendWith(BrokerExtension.class)
 * class LaneTest {
 *     private final Topics topics;
 *
 *     LaneTest(KafkaCluster cluster) {
 *         topics = new Topics(cluster.newPrefix());
 *     }
 * }
 * }</pre>
 *
 * <p>All test classes of a JVM share one real broker and one schema registry: started when the first one asks,
 * stopped when the last test of the run has ended. A test that stops its broker takes a {@link RestartableBroker}. No container engine is needed, which is
 * why there is none.
 *
 * <p>Several classes run at a time on a machine that may be busy, so Awaitility gives up after a minute where a test says
 * nothing else.
 */
public final class BrokerExtension implements ParameterResolver, BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(BrokerExtension.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaCluster.class;
    }

    @Override
    public KafkaCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // JUnit closes what is closeable in the root's store at the end of the run.
        return context.getRoot().getStore(NAMESPACE)
                .getOrComputeIfAbsent(SharedCluster.class, key -> SharedCluster.start(), SharedCluster.class);
    }
}
