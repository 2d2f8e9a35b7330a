namespace ComIm.Com.Interop;

/// <summary>The wFlags of IDispatch::Invoke: what the caller wants of a member. Several may be set at once.</summary>
[Flags]
internal enum DispatchKinds
{
    Method = 1,
    PropertyGet = 2,
    PropertyPut = 4,
    PropertyPutRef = 8,
    AnyPut = PropertyPut | PropertyPutRef,
}
