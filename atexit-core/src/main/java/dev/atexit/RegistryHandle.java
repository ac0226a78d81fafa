package dev.atexit;

/** The handle of one registration with a registry: it does not mean a later one of the same name. */
final class RegistryHandle implements Registration {
    private final RegistryState state;
    private final RegistryEntry entry;

    RegistryHandle(RegistryState state, RegistryEntry entry) {
        this.state = state;
        this.entry = entry;
    }

    @Override
    public boolean unregister() {
        return state.remove(entry);
    }

    @Override
    public boolean isPending() {
        return state.isPending(entry);
    }
}
