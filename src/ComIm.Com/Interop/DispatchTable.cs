using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// The late-bound members of one contract: an interface whose members carry <see cref="DispIdAttribute"/>. Properties
/// with parameters, which C# has no word for, are written as methods <c>get_Name</c> and <c>set_Name</c>.
/// <para>
/// Several contracts of one object can be one table. Their DISPIDs know nothing of each other, so a member keeps its own
/// only where no other has taken it. Of properties with one name the first contract's is called; of methods with one name
/// and other parameters the first that the arguments fit.
/// </para>
/// A table is filled when it is first asked: most objects are never called late bound.
/// </summary>
internal sealed class DispatchTable
{
    private static readonly ConcurrentDictionary<Type, DispatchTable> Cache = new();

    private readonly Lazy<Dictionary<int, DispatchMember>> _filled;
    private readonly Dictionary<string, DispatchMember> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, DispatchMember> _byId = [];
    private readonly bool _isFlattened;
    private int _lastFreeId;

    private DispatchTable(IReadOnlyList<Type> contracts, Guid? classId, bool isFlattened)
    {
        Contract = contracts[0];
        ClassId = classId;
        _isFlattened = isFlattened;
        _filled = new Lazy<Dictionary<int, DispatchMember>>(() =>
        {
            foreach (var type in contracts)
            {
                AddProperties(type);
                AddMethods(type);
            }

            return _byId;
        });
    }

    /// <summary>The interface; of several the first.</summary>
    public Type Contract { get; }

    /// <summary>The class in the type library where it is another than the C# class; null where they are the same.</summary>
    public Guid? ClassId { get; }

    public IReadOnlyCollection<DispatchMember> Members => _filled.Value.Values;

    /// <summary>The table of an interface, made once.</summary>
    public static DispatchTable For(Type contract) => Cache.GetOrAdd(
        contract, static type => new DispatchTable([type, .. type.GetInterfaces()], classId: null, isFlattened: false));

    /// <summary>The table of a class: that of its <see cref="ComDefaultInterfaceAttribute"/>.</summary>
    public static DispatchTable ForClass(Type type) => Cache.GetOrAdd(
        type,
        static type => For(type.GetCustomAttribute<ComDefaultInterfaceAttribute>()?.Value
            ?? throw new InvalidOperationException($"{type} names no default interface.")));

    /// <summary>One table of several contracts, each of which repeats the members of its bases. The caller keeps it.</summary>
    /// <param name="contracts">The interfaces; where names collide, the first wins.</param>
    /// <param name="classId">The class in the type library, for IProvideClassInfo.</param>
    public static DispatchTable Flatten(IReadOnlyList<Type> contracts, Guid? classId = null) =>
        new(contracts, classId, isFlattened: true);

    public DispatchMember? Find(string name) => _filled.Value.Count > 0 ? _byName.GetValueOrDefault(name) : null;

    public DispatchMember? Find(int dispId) => _filled.Value.GetValueOrDefault(dispId);

    /// <summary>Calls a member. Never throws: what the member throws is in the result.</summary>
    public DispatchResult Invoke(object target, int dispId, DispatchKinds kinds, DispatchArguments arguments) =>
        Find(dispId)?.Invoke(target, kinds, arguments) ?? DispatchResult.Refused(HResults.MemberNotFound);

    private void AddProperties(Type type)
    {
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<DispIdAttribute>() is { } id)
            {
                var member = Member(property.Name, id.Value);
                member.Getter ??= property.GetMethod is { } get ? new DispatchMethod(get) : null;
                member.Setter ??= property.SetMethod is { } set ? new DispatchMethod(set) : null;
            }
        }
    }

    private void AddMethods(Type type)
    {
        foreach (var method in type.GetMethods())
        {
            if (method.IsSpecialName || method.GetCustomAttribute<DispIdAttribute>() is not { } id)
            {
                continue;
            }

            if (method.Name.StartsWith("get_", StringComparison.Ordinal))
            {
                Member(method.Name[4..], id.Value).Getter ??= new DispatchMethod(method);
            }
            else if (method.Name.StartsWith("set_", StringComparison.Ordinal))
            {
                Member(method.Name[4..], id.Value).Setter ??= new DispatchMethod(method);
            }
            else
            {
                Member(method.Name, id.Value).AddMethod(new DispatchMethod(method));
            }
        }
    }

    private DispatchMember Member(string name, int dispId)
    {
        if (_isFlattened)
        {
            if (_byName.TryGetValue(name, out var known))
            {
                return known;
            }

            while (_byId.ContainsKey(dispId))
            {
                dispId = ++_lastFreeId;
            }
        }

        if (!_byId.TryGetValue(dispId, out var member))
        {
            _byId.Add(dispId, member = new DispatchMember(dispId, name));
        }

        _byName.TryAdd(name, member);
        return member;
    }
}
