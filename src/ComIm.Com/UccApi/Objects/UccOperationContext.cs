using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>Names an operation, so that an application knows the event that ends it.</summary>
[ComVisible(true)]
[Guid(UccClassIds.UccOperationContext)]
[ClassInterface(ClassInterfaceType.None)]
public class UccOperationContext : DispatchObject, IUccOperationContext
{
    private readonly Lock _gate = new();
    private bool _isInitialized;
    private int _operationId;
    private IUccContext? _context;

    /// <summary>Makes an operation context that <see cref="Initialize"/> must be called of.</summary>
    public UccOperationContext()
        : base(UccCoclasses.UccOperationContext.Dispatch)
    {
    }

    /// <summary>The number given to <see cref="Initialize"/>.</summary>
    public int OperationId
    {
        get
        {
            lock (_gate)
            {
                DemandInitialized();
                return _operationId;
            }
        }
    }

    /// <summary>The context given to <see cref="Initialize"/>; null where none was.</summary>
    public IUccContext? Context
    {
        get
        {
            lock (_gate)
            {
                DemandInitialized();
                return _context;
            }
        }
    }

    /// <summary>Names the operation; once, before the first use.</summary>
    /// <param name="lOperationId">Any number; two operations may have the same.</param>
    /// <param name="pOperation">Properties for the application's own use, or null.</param>
    public void Initialize(int lOperationId, IUccContext? pOperation)
    {
        lock (_gate)
        {
            if (_isInitialized)
            {
                throw new HResultException(
                    UccHResults.UCC_E_INVALID_OBJECT_STATE, "The operation context is initialized already; make another for another operation.");
            }

            _isInitialized = true;
            _operationId = lOperationId;
            _context = pOperation;
        }
    }

    private void DemandInitialized()
    {
        if (!_isInitialized)
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_OBJECT_STATE, "Call Initialize of the operation context first.");
        }
    }
}
