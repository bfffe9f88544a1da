"""Site: settings, addresses, wiring, middleware, health. Knows every context, decides nothing."""
