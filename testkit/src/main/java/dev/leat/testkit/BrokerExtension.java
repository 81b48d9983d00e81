package dev.leat.testkit;

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
 */
public final class BrokerExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(BrokerExtension.class);

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
