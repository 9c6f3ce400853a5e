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
package io.tagma.ordering.service;

/**
 * Makes a service that a replica can be told to run by name. Found by {@link java.util.ServiceLoader}: list the
 * implementation in {@code META-INF/services/io.tagma.ordering.service.OrderedServiceProvider}.
 */
public interface OrderedServiceProvider
{
    /**
     * What the service is called in a configuration.
     *
     * @return lower case letters, digits and hyphens; unique on the class path.
     */
    String name();

    /**
     * Makes a service in its first state.
     *
     * @return a new one.
     */
    OrderedService create();
}
