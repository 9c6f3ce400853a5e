/*
 * Copyright 2026 The Tagma Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.tagma.ordering.replica;

import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.service.OrderedService;
import io.tagma.ordering.service.OrderedServiceProvider;

import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Finds the service to run: by the name that a provider gives it, else by the name of a class.
 */
final class Services
{
    private Services()
    {
    }

    static OrderedService ofName(final String name)
    {
        final TreeSet<String> names = new TreeSet<>();
        for (final OrderedServiceProvider provider : ServiceLoader.load(OrderedServiceProvider.class))
        {
            if (provider.name().equals(name))
            {
                return provider.create();
            }
            names.add(provider.name());
        }
        try
        {
            return Class.forName(name).asSubclass(OrderedService.class).getDeclaredConstructor().newInstance();
        }
        catch (final ReflectiveOperationException | ClassCastException ex)
        {
            throw new ConfigurationException("There is no service " + name + ": it must be one of " + names +
                ", or a class on the class path that implements OrderedService and has a public constructor " +
                "without parameters.", ex);
        }
    }
}
