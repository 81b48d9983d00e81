package dev.leat.e2e.dashboard;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import dev.leat.testkit.BrokerExtension;

/** Gives tests the one {@link DashboardRig} of this JVM, on its one broker. Its jobs are those of all tests together. */
public final class DashboardExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(DashboardExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DashboardRig.class;
    }

    @Override
    public DashboardRig resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(DashboardRig.class,
                        key -> DashboardRig.start(new BrokerExtension().resolveParameter(parameter, context)),
                        DashboardRig.class);
    }
}
