using System.Collections.Concurrent;

namespace ComIm.Sip.Events;

/// <summary>The event packages that somebody can be subscribed to here, by their names.</summary>
public sealed class EventPackages
{
    private readonly ConcurrentDictionary<string, EventPackage> _packages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names as Allow-Events has them (RFC 6665 section 8.2.2).</summary>
    public string AllowEvents => string.Join(",", _packages.Keys.Order(StringComparer.Ordinal));

    /// <summary>Adds a package; one of the same name is replaced.</summary>
    /// <param name="package">The package.</param>
    public void Register(EventPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        _packages[package.Name] = package;
    }

    /// <summary>A package by its name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    public EventPackage? Find(string name) => _packages.GetValueOrDefault(name);
}
