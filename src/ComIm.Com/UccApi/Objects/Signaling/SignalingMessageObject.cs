using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>What requests and responses have in common: header fields in their order, and a body.</summary>
[ComVisible(false)]
public abstract class SignalingMessageObject : DispatchObject, IUccSignalingMessage
{
    /// <summary>How many header fields a message may have, and how many parameters a field.</summary>
    internal const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly List<UccSignalingHeaderField> _fields = [];
    private string _body = "";
    private string _contentType = "";

    private protected SignalingMessageObject(DispatchTable dispatch)
        : base(dispatch)
    {
    }

    /// <summary>Request or response.</summary>
    public abstract UCC_SIGNALING_MESSAGE_TYPE Type { get; }

    /// <summary>The header fields, as they are now.</summary>
    public IUccCollection HeaderFields => new UccCollection(Fields);

    /// <summary>The body.</summary>
    public string Body
    {
        get => _body;
        set => _body = value ?? "";
    }

    /// <summary>The type of the body, as <c>text/plain</c>.</summary>
    public string ContentType
    {
        get => _contentType;
        set => _contentType = SignalingText.Value(value);
    }

    /// <summary>The header fields in their order.</summary>
    internal IReadOnlyList<UccSignalingHeaderField> Fields
    {
        get
        {
            lock (_gate)
            {
                return [.. _fields];
            }
        }
    }

    /// <summary>Adds a header field; there may be several of one name.</summary>
    /// <param name="bstrName">Its name.</param>
    /// <param name="bstrValue">Its value.</param>
    /// <exception cref="HResultException">E_INVALIDARG: they would not stay in their place in a message.</exception>
    public IUccSignalingHeaderField AddHeaderField(string? bstrName, string? bstrValue)
    {
        var added = new UccSignalingHeaderField(bstrName, bstrValue);
        lock (_gate)
        {
            if (_fields.Count == Capacity)
            {
                throw new HResultException(HResults.InvalidArgument, $"There are {Capacity} header fields already.");
            }

            _fields.Add(added);
        }

        return added;
    }

    /// <summary>Removes a header field; UCC_E_NOT_EXIST where it is not one of this message.</summary>
    /// <param name="pHeader">The field.</param>
    public void RemoveHeaderField(IUccSignalingHeaderField? pHeader)
    {
        lock (_gate)
        {
            if (_fields.RemoveAll(f => ReferenceEquals(f, pHeader)) == 0)
            {
                throw new HResultException(UccHResults.UCC_E_NOT_EXIST, "The header field is not one of this message.");
            }
        }
    }

    /// <summary>The header fields of a name, in either case.</summary>
    /// <param name="bstrName">The name.</param>
    public IUccCollection FindHeaderFields(string? bstrName) =>
        new UccCollection([.. Fields.Where(f => string.Equals(f.Name, bstrName, StringComparison.OrdinalIgnoreCase))]);
}
